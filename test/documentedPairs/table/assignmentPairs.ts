import type { CoveredPair } from './Coverage.js';
import {
  allotmentFields,
  assigneeFields,
  assignmentFields,
  exchangeAllotment,
  sampleAssignment,
  steveFred,
  usageRightFields,
} from './recurringObjects.js';

const assignment = 'assignment(id: "405ee855-dd74-f695-8d7e-be35a6788fe8")';
const assignmentErrorId = '405ee855-dd74-f695-8d7e-be35a6788fe8';
const assignmentErrorFields = 'id code message occurrenceDateTime skuId';

const missingDependency = {
  id: '33ca790e-ed9f-b975-9ada-503e02e2b933',
  code: 'MissingDependency',
  message:
    'Service plan 0337d124-4da1-45e4-9b28-936079cc72bb cannot be assigned without service plan ' +
    'f1df97e2-b3d9-4c17-b931-30fdbfeb5c18, which this user does not currently have.',
  occurrenceDateTime: '2024-09-22T17:11:10.6635939Z',
  skuId: 'f48db87f-583c-486e-a6de-096155d8fb8f',
};

/** Single assignments with both ends, and what goes wrong with them. */
export const assignmentPairs: readonly CoveredPair[] = [
  {
    pair: '020',
    query: `{ me { ${assignment} { ${assignmentFields} } } }`,
    answer: {
      me: {
        assignment: { ...sampleAssignment, disabledServicePlanIds: ['9aaf7827-d63c-4b61-89c3-182f06f82e5c'] },
      },
    },
  },
  {
    pair: '021',
    query: `{ ${assignment} { ${assignmentFields} assignedTo { ${assigneeFields} } } }`,
    answer: { assignment: { ...sampleAssignment, assignedTo: steveFred } },
  },
  {
    pair: '024',
    query: `{ ${assignment} { allotment { ${allotmentFields} } } }`,
    answer: { assignment: { allotment: exchangeAllotment } },
  },
  {
    pair: '025',
    query: `{ ${assignment} { assignedTo { ${assigneeFields} } } }`,
    answer: { assignment: { assignedTo: steveFred } },
  },
  {
    pair: '027',
    query: `{ assignmentErrors { nodes { ${assignmentErrorFields} } } }`,
    answer: { assignmentErrors: { nodes: [missingDependency] } },
  },
  {
    pair: '028',
    query: `{ assignmentError(id: "115bedd6-40d2-45c1-9220-a73c2a8f6226") { ${assignmentErrorFields} } }`,
    answer: { assignmentError: missingDependency },
  },
  {
    pair: '029',
    query: `{ assignmentError(id: "${assignmentErrorId}") { assignedTo { ${assigneeFields} } } }`,
    answer: { assignmentError: { assignedTo: steveFred } },
  },
  {
    pair: '030',
    query: `{ assignmentError(id: "${assignmentErrorId}") { usageRight { ${usageRightFields} } } }`,
    answer: {
      assignmentError: {
        usageRight: {
          id: 'j6sq63x2vd3esbkifv7m42xdaugc6lfpqf3ozgvdlvk3ttnamby4',
          skuId: 'f48db87f-583c-486e-a6de-096155d8fb8f',
          skuPartNumber: 'TIME_TRAVEL_BACKUP_RESTORE',
          services: [
            {
              assignableTo: ['USER', 'GROUP'],
              planId: 'fe6c28b3-d468-44ea-bbd0-a10a5167435c',
              planName: 'TIME_TRAVEL_BACKUP_RESTORE_PREMIUM',
            },
          ],
        },
      },
    },
  },
];
