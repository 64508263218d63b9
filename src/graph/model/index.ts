export * from './property.js';
export * from './kind.js';
export * from './entity.js';
export * from './model.js';
export * from './record.js';
export * from './fields.js';
