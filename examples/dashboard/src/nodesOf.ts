/** The items of a page that are there. One that Graph sent incompletely is null, and stands among the errors. */
export function nodesOf<Item>(
  connection: { readonly edges: readonly { readonly node?: Item | null }[] } | null | undefined,
): readonly NonNullable<Item>[] {
  return (connection?.edges ?? []).flatMap(({ node }) => (node === null || node === undefined ? [] : [node]));
}
