/** Moments of a turn between which a crash leaves different traces behind. */
export const moments = [
  'before-step',
  'before-call',
  'after-call',
  'before-record',
  'after-record',
] as const;
export type Moment = (typeof moments)[number];

export interface MomentReached {
  readonly moment: Moment;
  readonly machine: string;
  readonly step: string;
  /** The effect, at the two moments around a call. */
  readonly verb?: string;
}

/** Lets an observer see, and hold up, each moment. Product code passes none. */
export type TurnObserver = (reached: MomentReached) => Promise<void>;
