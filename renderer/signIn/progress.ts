import type { SignInStage } from '../../contract/renderer-api.ts';

/** The stages of a sign-in, in their order. */
export const stages: readonly SignInStage[] = [
  'resolve',
  'connect',
  'tls',
  'signIn',
  'bind',
  'userInfo',
  'online',
];

/** How far a test got. `at` is the stage it is in, or was in when it failed. */
export type Progress = {
  readonly state: 'idle' | 'testing' | 'passed' | 'failed';
  readonly at: number;
};

export const idle: Progress = { state: 'idle', at: 0 };
export const testing: Progress = { state: 'testing', at: 0 };

/** A stage was told. Stages only go on, and nobody counts them when no test runs. */
export function reach(progress: Progress, stage: SignInStage): Progress {
  const at = stages.indexOf(stage);
  return progress.state === 'testing' && at > progress.at ? { ...progress, at } : progress;
}

export const pass = (progress: Progress): Progress => ({ ...progress, state: 'passed' });
export const fail = (progress: Progress): Progress => ({ ...progress, state: 'failed' });

export type StageState = 'done' | 'now' | 'failed' | 'pending';

/** How one stage stands. */
export function stageState(progress: Progress, stage: SignInStage): StageState {
  const place = stages.indexOf(stage);
  if (progress.state === 'passed' || place < progress.at) return 'done';
  if (place > progress.at) return 'pending';
  return progress.state === 'failed' ? 'failed' : 'now';
}
