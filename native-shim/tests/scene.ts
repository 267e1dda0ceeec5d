/** What every scenario plays on: a folder of its own, a companion played by the test, and tsphost with the shim. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test as plainTest } from 'vitest';
import type { LineMessage } from '../../contract/generated/shim.ts';
import type { NativeBuild } from '../../tools/native/build.ts';
import { FakeCompanion, lineOf } from './fake-companion.ts';
import { Host, type HostOptions } from './host.ts';
import { builtForPlace } from './place.ts';
import { LINEDEVSTATE_CAPSCHANGE } from './tapi-values.ts';

/** One companion, one host, and the steps most scenarios begin and end with. */
export class Scene {
  readonly folder: string;
  readonly companion = new FakeCompanion();
  readonly #build: NativeBuild;
  #host: Host | undefined;

  constructor(folder: string, build: NativeBuild) {
    this.folder = folder;
    this.#build = build;
  }

  /** Where the companion listens. */
  get socket(): string {
    return join(this.folder, 'link');
  }

  /** The host that runs now. */
  get host(): Host {
    if (!this.#host) throw new Error('no host was started');
    return this.#host;
  }

  /** Starts a host: the first one, or the next when the one before has ended. Several sockets are parted by colons. */
  startHost(options: HostOptions = {}, socket = this.socket): Host {
    this.#host = new Host(this.#build, socket, options);
    return this.#host;
  }

  /** Ends the host; it must have found no broken rule. */
  async expectCleanEnd(): Promise<void> {
    const code = await this.host.quit();
    const broken = this.host
      .violations()
      .map((each) => `${each['statement']}: ${each['rule']}, ${each['detail']}`);
    expect(broken).toEqual([]);
    expect(code).toBe(0);
  }

  /** Opens the line and waits until the companion knows, so that the link is in use; then the line may change. */
  async openLine(changes?: Partial<LineMessage>): Promise<void> {
    expect(await this.host.openLine()).toMatchObject({ result: '0x0' });
    await this.companion.next('lineOpened');
    if (!changes) return;
    this.companion.say(lineOf(831, changes));
    await this.host.next('event', { message: 'LINE_LINEDEVSTATE', p1: LINEDEVSTATE_CAPSCHANGE });
  }

  /** Makes a call the companion accepts under this id. */
  async makeCall(request: number, id: number): Promise<void> {
    const made = await this.host.run(`makecall ${request} 832`);
    expect(made).toMatchObject({ result: `0x${request.toString(16)}` });
    const asked = await this.companion.next('makeCall');
    this.companion.answer(asked.request, 0, id);
    await this.host.next('completion', { request });
  }

  async close(): Promise<void> {
    this.#host?.kill();
    await this.companion.die();
    await rm(this.folder, { recursive: true });
  }
}

/** How long everything may take to be built, in ms. It is no part of a test's own time. */
export const BUILD_MS = 300_000;

beforeAll(async () => {
  await builtForPlace();
}, BUILD_MS);

const start = async (): Promise<Scene> => {
  const build = await builtForPlace();
  return new Scene(await mkdtemp(join(tmpdir(), 'tapline-shim-')), build);
};

/** A test with a companion that listens and a host that runs. */
export const test = plainTest.extend<{ scene: Scene; bareScene: Scene }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures are needed
  scene: async ({}, use) => {
    const scene = await start();
    await scene.companion.listen(scene.socket);
    scene.startHost();
    await use(scene);
    await scene.close();
  },
  /** The same before anything has started. */
  // biome-ignore lint/correctness/noEmptyPattern: as above
  bareScene: async ({}, use) => {
    const scene = await start();
    await use(scene);
    await scene.close();
  },
});
