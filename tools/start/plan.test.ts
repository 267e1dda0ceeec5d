import { describe, expect, it } from 'vitest';
import { type Machine, planStart } from './plan.ts';

const linux: Machine = {
  platform: 'linux',
  electron: '/electron',
  chromium: '/chromium',
  display: true,
  compiler: true,
};

describe('the plan of a start', () => {
  it('is Electron where there is everything, without a word', () => {
    expect(planStart(linux)).toEqual({ on: { name: 'electron', program: '/electron' }, tapi: true, say: [] });
  });

  it('is the stand-in in a visible Chromium without Electron, and one sentence', () => {
    const { on, say } = planStart({ ...linux, electron: undefined });
    expect(on).toEqual({ name: 'stand-in', chromium: '/chromium', headed: true });
    expect(say).toHaveLength(1);
    expect(say[0]).toContain('stand-in');
  });

  it('tells where pictures go when nothing is visible', () => {
    const { on, say } = planStart({ ...linux, electron: undefined, display: false });
    expect(on).toMatchObject({ name: 'stand-in', headed: false });
    expect(say.join(' ')).toContain('out/start/windows');
  });

  it('is the stand-in too where Electron could show nothing', () => {
    const { on, say } = planStart({ ...linux, display: false });
    expect(on).toMatchObject({ name: 'stand-in', headed: false });
    expect(say[0]).toMatch(/^Electron shows nothing/);
  });

  it('is nothing without Electron and Chromium, and says what to do', () => {
    const { on, tapi, say } = planStart({ ...linux, electron: undefined, chromium: undefined });
    expect([on.name, tapi]).toEqual(['nothing', false]);
    expect(say.join(' ')).toContain('Install Chromium');
  });

  it('leaves TAPI’s side out without a compiler, and says so', () => {
    const { on, tapi, say } = planStart({ ...linux, compiler: false });
    expect([on.name, tapi]).toEqual(['electron', false]);
    expect(say).toEqual([expect.stringContaining('no C compiler')]);
  });

  it('says nothing of a compiler on Windows, where the installer brings the DLL', () => {
    expect(planStart({ ...linux, platform: 'win32', compiler: false })).toMatchObject({
      tapi: false,
      say: [],
    });
  });

  it('has no TAPI on a Mac', () => {
    expect(planStart({ ...linux, platform: 'darwin' })).toMatchObject({
      tapi: false,
      say: [expect.stringContaining('Windows and Linux')],
    });
  });
});
