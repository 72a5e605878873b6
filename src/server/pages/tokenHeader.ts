/** What a caller's token is put behind, in pages that send whatever headers are typed. */
export const tokenHeader = { authorization: 'Bearer ' } as const;
