import type { DescribedCall } from './DescribedCall.js';

/** Text for a node: quotes and brackets have a meaning in Mermaid. */
function label(text: string): string {
  return text.replace(/["#]/g, (each) => `#${each.charCodeAt(0)};`);
}

function printNode(call: DescribedCall, id: string): readonly string[] {
  const times = call.count > 1 ? ` × ${call.count}` : '';
  const [resource = ''] = call.path.split('?');
  const lines = [`${call.name}${times}`, `${call.method} ${resource}`];
  if (call.onlyIf !== undefined) lines.push(`if ${call.onlyIf}`);
  const node = `    ${id}["${lines.map(label).join('<br/>')}"]`;
  return call.onlyIf === undefined ? [node] : [node, `    style ${id} stroke-dasharray: 4 4`];
}

/** Calls as a Mermaid flowchart: the waves from left to right, conditional calls and what leads to nothing else dashed. */
export function printMermaid(described: readonly DescribedCall[]): string {
  if (described.length === 0) return 'flowchart LR\n  none["No call to Microsoft Graph"]\n';
  const waves = [...new Set(described.map((call) => call.wave))].sort((a, b) => a - b);
  const lines = ['flowchart LR'];
  for (const wave of waves) {
    lines.push(`  subgraph wave${wave}["wave ${wave}"]`);
    described.forEach((call, index) => {
      if (call.wave === wave) lines.push(...printNode(call, `call${index}`));
    });
    lines.push('  end');
  }
  waves.slice(1).forEach((wave, index) => {
    const isCertain = described.some((call) => call.wave === wave && call.onlyIf === undefined);
    lines.push(`  wave${waves[index] ?? 1} ${isCertain ? '-->' : '-.->'} wave${wave}`);
  });
  return `${lines.join('\n')}\n`;
}
