import { idKey } from '../mapping/idKey.js';
import { isGuid } from '../mapping/lowerGuid.js';
import { textScalar } from './textScalar.js';

/** A GUID; upper case is accepted and becomes lower case. */
export const UUID = textScalar('UUID', 'a GUID such as 639dec6b-bb19-468b-871c-c5c441c4b0cb', isGuid, idKey);
