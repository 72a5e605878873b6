/** Hive Gateway: the caller's token goes to the subgraphs; without it every one of them would be asked anonymously. */
export const gatewayConfig = {
  propagateHeaders: {
    fromClientToSubgraphs({ request }) {
      const authorization = request.headers.get('authorization');
      return authorization === null ? {} : { authorization };
    },
  },
};
