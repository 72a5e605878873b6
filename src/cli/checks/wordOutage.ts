/** What keeps something away most often, where its address is right. */
const advice = 'Behind a proxy set HTTPS_PROXY; for a certificate authority of your own, NODE_EXTRA_CA_CERTS.';

/**
 * Something that gives no answer, for whoever runs the gateway: what is wrong, at which address, and what to look at.
 *
 * @param fault a sentence
 * @param variable the one that the address comes from
 */
export function wordOutage(fault: string, variable: string, address: string): string {
  return `${fault} Asked at ${new URL(address).origin} (${variable}). ${advice}`;
}
