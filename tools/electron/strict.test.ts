import { describe, expect, it } from 'vitest';
import { EVENTS, emit, StrictEmitter } from './module/emitter.ts';
import { MissingMember, strict } from './strict.ts';

class Lamp extends StrictEmitter {
  static override readonly [EVENTS] = ['switched'];
  #on = false;

  flip(): boolean {
    this.#on = !this.#on;
    return this.#on;
  }
}

describe('what is strict', () => {
  it('refuses to read and to write a member that it lacks, by name', () => {
    const shell = strict('shell', { open: () => 'opened' }) as Record<string, unknown>;
    expect((shell['open'] as () => string)()).toBe('opened');
    expect(() => shell['beep']).toThrow(new MissingMember('shell', 'beep'));
    expect(() => {
      shell['beep'] = 1;
    }).toThrow('The stand-in for Electron has no shell.beep');
  });

  it('lets a promise be made of it', async () => {
    const shell = strict('shell', { open: 1 });
    expect(await Promise.resolve(shell)).toBe(shell);
  });

  it('refuses members of instances and of the class itself, and keeps what is private working', () => {
    const lamp = new Lamp();
    expect([lamp.flip(), lamp.flip()]).toEqual([true, false]);
    expect(() => Reflect.get(lamp, 'dim')).toThrow('has no Lamp.dim');
    expect(() => Reflect.get(Lamp, 'all')).toThrow('has no Lamp.all');
  });

  it('refuses listeners for an event that never comes', () => {
    const lamp = new Lamp();
    expect(() => lamp.on('burnt', () => undefined)).toThrow("has no Lamp.on('burnt')");
    expect(() => lamp.once('burnt', () => undefined)).toThrow(MissingMember);
  });

  it('tells whether a listener has prevented what an event announces', () => {
    const lamp = new Lamp();
    expect(emit(lamp, 'switched')).toBe(false);
    lamp.once('switched', (event) => event.preventDefault());
    expect(emit(lamp, 'switched')).toBe(true);
  });
});
