export { EstateError } from './estate-error.js';
export {
  SourceKeeper,
  type NewSource,
  type SourceKeeperParts,
  type VerifiedSource,
} from './source-keeper.js';
export { collectors } from './collectors.js';
