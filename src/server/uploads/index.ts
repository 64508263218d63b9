export { UploadError, UploadStore, type UploadUsers } from './upload-store.js';
