/** Hive Gateway: the caller's token goes to the gateway, which asks Graph with it, and to nobody else. */
export const gatewayConfig = {
  propagateHeaders: {
    fromClientToSubgraphs({ request, subgraphName }) {
      const authorization = request.headers.get('authorization');
      return subgraphName === 'licensing' && authorization !== null ? { authorization } : {};
    },
  },
};
