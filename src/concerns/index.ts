export {
  catalogue,
  catalogueVersion,
  categoryOf,
  providerOfSource,
  ruleById,
} from './catalogue.js';
export {
  evaluateConcerns,
  type EvaluationOptions,
  type EvaluationProgress,
  type EvaluationReport,
} from './evaluation/evaluate-concerns.js';
export { Readiness } from './readiness.js';
export { Category, type Facts, type Provider, type Rule } from './rule/rule.js';
export type { Place, PlaceKind } from './rule/place.js';
