import type { DescribedCall } from './describeCalls.js';

/** Text for a node: quotes and brackets have a meaning in Mermaid. */
function label(text: string): string {
  return text.replace(/["#]/g, (each) => `#${each.charCodeAt(0)};`);
}

/** Calls as a Mermaid flowchart: the waves from left to right, conditional calls dashed. */
export function printMermaid(described: readonly DescribedCall[]): string {
  const waves = [...new Set(described.map((call) => call.wave))].sort((a, b) => a - b);
  const lines = ['flowchart LR'];
  let node = 0;
  for (const wave of waves) {
    lines.push(`  subgraph wave${wave}["wave ${wave}"]`);
    for (const call of described.filter((each) => each.wave === wave)) {
      const times = call.count > 1 ? ` × ${call.count}` : '';
      const condition = call.onlyIf === undefined ? '' : `<br/>if ${call.onlyIf}`;
      lines.push(
        `    call${node}["${label(`${call.name}${times}`)}<br/>${label(`${call.method} ${call.path.split('?')[0] ?? ''}`)}${label(condition)}"]`,
      );
      if (call.onlyIf !== undefined) lines.push(`    style call${node} stroke-dasharray: 4 4`);
      node += 1;
    }
    lines.push('  end');
  }
  waves.slice(1).forEach((wave, index) => lines.push(`  wave${waves[index] ?? 1} --> wave${wave}`));
  return `${lines.join('\n')}\n`;
}
