export {
  catalogue,
  catalogueVersion,
  categoryOf,
  providerOfSource,
  ruleById,
} from './catalogue.js';
export { concernsCurrent } from './evaluation/concerns-current.js';
export {
  evaluateConcerns,
  type EvaluationOptions,
  type EvaluationProgress,
  type EvaluationReport,
} from './evaluation/evaluate-concerns.js';
export { Readiness } from './readiness.js';
export { Category, type Facts, type Provider, type Rule } from './rule/rule.js';
export type { Place, PlaceKind } from './rule/place.js';
export { AnalysisError } from './analysis/analysis-error.js';
export {
  rankCauses,
  type CauseRanking,
  type RankedCause,
  type RankOptions,
} from './analysis/rank-causes.js';
export type { MachineSelection } from './analysis/selection.js';
export { similarGroups, type ConcernGroup, type GroupOptions } from './analysis/similar-groups.js';
export {
  whatIf,
  type ReadinessCounts,
  type RemainingBlocker,
  type WhatIf,
  type WhatIfOptions,
} from './analysis/what-if.js';
export type { FeatureGroup } from './similarity/feature.js';
export {
  findSimilar,
  type SimilarMachine,
  type SimilarOptions,
} from './similarity/find-similar.js';
export type { Feature } from './similarity/name-features.js';
