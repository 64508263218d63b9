export * from './define-query.js';
export * from './graph.js';
export * from './graph-error.js';
export * from './integer-parameter.js';
