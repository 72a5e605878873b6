import { variableList, type ConfigVariable } from './variables.js';

function defaultOf(variable: ConfigVariable): string {
  return variable.shownDefault ?? (variable.fallback === undefined ? '–' : `\`${variable.fallback}\``);
}

/** The table of variables as Markdown, for the documentation. */
export function printVariablesAsMarkdown(): string {
  const rows = variableList.map(
    ([name, variable]) => `| \`${name}\` | ${defaultOf(variable)} | ${variable.meaning.replaceAll('|', '\\|')} |`,
  );
  return ['| variable | default | meaning |', '|---|---|---|', ...rows].join('\n');
}

function wrap(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The same table as plain text for `--help`, lines of 100 characters at the most. */
export function printVariablesAsText(): string {
  return variableList
    .map(([name, variable]) => {
      const shown = defaultOf(variable).replaceAll('`', '');
      const meaning = wrap(variable.meaning.replaceAll('`', '').split(' '), 92);
      return [`  ${name}${shown === '–' ? '' : ` (${shown})`}`, ...meaning.map((line) => `      ${line}`)].join('\n');
    })
    .join('\n');
}
