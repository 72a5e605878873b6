/** A few real SKUs with their service plans: what the demo tenant has licences of. */
export interface SkuFact {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly plans: readonly (readonly [planId: string, planName: string])[];
  /** In the metadata, on no page: what a service outside of the directory calls the product. */
  readonly externalServiceIdentifier?: string;
}

/** The SKUs of the demo tenant, in the order in which allotments are made of them. */
export const skuFacts: readonly SkuFact[] = [
  {
    skuId: '6fd2c87f-b296-42f0-b197-1e91e994b900',
    skuPartNumber: 'ENTERPRISEPACK',
    plans: [
      ['57ff2da0-773e-42df-b2af-ffb7a2317929', 'TEAMS1'],
      ['94a54592-cd8b-425e-87c6-97868b000b91', 'WHITEBOARD_PLAN2'],
      ['b76fb638-6ba6-402a-b9f9-83d28acb3d86', 'VIVA_LEARNING_SEEDED'],
      ['a82fbf69-b4d7-49f4-83a6-915b2cf354f4', 'VIVAENGAGE_CORE'],
      ['c87f142c-d1e9-4363-8630-aaea9c4d9ae5', 'BPOS_S_TODO_2'],
      ['a23b959c-7ce8-4e57-9140-b90eb88a9e97', 'SWAY'],
      ['0feaeb32-d00e-4d66-bd5a-43b5b83db82c', 'MCOSTANDARD'],
      ['5dbe027f-2339-4123-9542-606e4d348a72', 'SHAREPOINTENTERPRISE'],
      ['31b4e2fc-4cd6-4e7d-9c1b-41407303bd66', 'PROJECT_O365_P2'],
      ['e95bec33-7c88-4a70-8e19-b10bd9d0c014', 'SHAREPOINTWAC'],
    ],
  },
  {
    skuId: '06ebc4ee-1bb5-47dd-8120-11324bc54e06',
    skuPartNumber: 'SPE_E5',
    plans: [
      ['8c7d2df8-86f0-4902-b2ed-a0458298f3b3', 'Deskless'],
      ['0feaeb32-d00e-4d66-bd5a-43b5b83db82c', 'MCOSTANDARD'],
      ['5dbe027f-2339-4123-9542-606e4d348a72', 'SHAREPOINTENTERPRISE'],
      ['9d0c4ee5-e4a1-4625-ab39-d82b619b1a34', 'INSIDER_RISK_MANAGEMENT'],
      ['41fcdd7d-4733-4863-9cf4-c65b83ce2df4', 'COMMUNICATIONS_COMPLIANCE'],
      ['c948ea65-2053-4a5a-8a62-9eaaaf11b522', 'PURVIEW_DISCOVERY'],
      ['b21a6b06-1988-436e-a07b-51ec6d9f52ad', 'PROJECT_O365_P3'],
      ['617b097b-4b93-4ede-83de-5f075bb5fb2f', 'PREMIUM_ENCRYPTION'],
      ['70d33638-9c74-4d01-bfd3-562de28bd4ba', 'BI_AZURE_P2'],
      ['9c0dab89-a30c-4117-86e7-97bda240acd2', 'POWERAPPS_O365_P3'],
    ],
  },
  {
    skuId: '4b9405b0-7788-4568-add1-99614e613b69',
    skuPartNumber: 'EXCHANGESTANDARD',
    plans: [
      ['5e62787c-c316-451f-b873-1d05acd4d12c', 'BPOS_S_TODO_1'],
      ['882e1d05-acd1-4ccb-8708-6ee03664b117', 'INTUNE_O365'],
      ['9aaf7827-d63c-4b61-89c3-182f06f82e5c', 'EXCHANGE_S_STANDARD'],
    ],
  },
  {
    skuId: '639dec6b-bb19-468b-871c-c5c441c4b0cb',
    skuPartNumber: 'Microsoft_365_Copilot',
    plans: [
      ['82d30987-df9b-4486-b146-198b21d164c7', 'GRAPH_CONNECTORS_COPILOT'],
      ['931e4a88-a67f-48b5-814f-16a5f1e6028d', 'M365_COPILOT_INTELLIGENT_SEARCH'],
      ['3f30311c-6b1e-48a4-ab79-725b469da960', 'M365_COPILOT_BUSINESS_CHAT'],
      ['b95945de-b3bd-46db-8437-f2beb6ea2347', 'M365_COPILOT_TEAMS'],
      ['89f1c4c8-0878-40f7-804d-869c9128ab5d', 'M365_COPILOT_CONNECTORS'],
      ['a62f8878-de10-42f3-b68f-6149a25ceb97', 'M365_COPILOT_APPS'],
    ],
  },
  {
    skuId: 'f8a1db68-be16-40ed-86d5-cb42ce701560',
    skuPartNumber: 'POWER_BI_PRO',
    plans: [
      ['70d33638-9c74-4d01-bfd3-562de28bd4ba', 'BI_AZURE_P2'],
      ['113feb6c-3fe4-4440-bddc-54d774bf0318', 'EXCHANGE_S_FOUNDATION'],
    ],
  },
  {
    skuId: 'c5928f49-12ba-48f7-ada3-0d743a3601d5',
    skuPartNumber: 'VISIOCLIENT',
    externalServiceIdentifier: 'visio-client',
    plans: [
      ['113feb6c-3fe4-4440-bddc-54d774bf0318', 'EXCHANGE_S_FOUNDATION'],
      ['da792a53-cbc0-4184-a10d-e544dd34b3c1', 'ONEDRIVE_BASIC'],
      ['663a804f-1c30-4ff0-9915-9db84f0d1cea', 'VISIO_CLIENT_SUBSCRIPTION'],
      ['2bdbaf8f-738f-4ac7-9234-3c3ee2ce7d0f', 'VISIOONLINE'],
    ],
  },
  {
    skuId: 'b05e124f-c7cc-45a0-a6aa-8cf78c946968',
    skuPartNumber: 'EMSPREMIUM',
    plans: [
      ['113feb6c-3fe4-4440-bddc-54d774bf0318', 'EXCHANGE_S_FOUNDATION'],
      ['14ab5db5-e6c4-4b20-b4bc-13e36fd2227f', 'ATA'],
      ['8a256a2b-b617-496d-b51b-e76466e88db0', 'MFA_PREMIUM'],
      ['bea4c11e-220a-4e6d-8eb8-8ea15d019f90', 'RMS_S_ENTERPRISE'],
      ['5689bec4-755d-4753-8b61-40975025187c', 'RMS_S_PREMIUM2'],
      ['c1ec4a95-1f05-45b3-a911-aa3fa01094f5', 'INTUNE_A'],
      ['6c57d4b6-3b23-47a5-9bc9-69f17b4947b3', 'RMS_S_PREMIUM'],
      ['eec0eb4f-6444-4f95-aba0-50c24d67f998', 'AAD_PREMIUM_P2'],
      ['41781fb2-bc02-4b7c-bd55-b576c07bb09d', 'AAD_PREMIUM'],
      ['2e2ddb96-6af9-4b1d-a3f0-d6ecfd22edb2', 'ADALLOM_S_STANDALONE'],
    ],
  },
  {
    skuId: '66b55226-6b4f-492c-910c-a3b7a3c9d993',
    skuPartNumber: 'SPE_F1',
    plans: [
      ['bd91b1a4-9f94-4ecf-b45b-3a65e5c8128a', 'FLOW_O365_S1'],
      ['ba2fdb48-290b-4632-b46a-e4ecc58ac11a', 'POWER_VIRTUAL_AGENTS_O365_F1'],
      ['e0287f9f-e222-4f98-9a83-f379e249159a', 'POWERAPPS_O365_S1'],
      ['6c57d4b6-3b23-47a5-9bc9-69f17b4947b3', 'RMS_S_PREMIUM'],
      ['c1ec4a95-1f05-45b3-a911-aa3fa01094f5', 'INTUNE_A'],
      ['ca6e61ec-d4f4-41eb-8b88-d96e0e14323f', 'DYN365_CDS_O365_F1'],
      ['7bf960f6-2cd9-443a-8046-5dbff9558365', 'WINDOWSUPDATEFORBUSINESS_DEPLOYMENTSERVICE'],
      ['9a6eeb79-0b4b-4bf0-9808-39d99a2cd5a3', 'Windows_Autopatch'],
      ['795f6fe0-cc4d-4773-b050-5dde4dc704c9', 'UNIVERSAL_PRINT_01'],
      ['7547a3fe-08ee-4ccb-b430-5077c5041653', 'YAMMER_ENTERPRISE'],
    ],
  },
];

/** What a service outside of the directory calls a product; null where none does. */
export function externalServiceOf(skuId: string): string | null {
  return skuFacts.find((each) => each.skuId === skuId)?.externalServiceIdentifier ?? null;
}
