/** A worker thread that speaks: synthesis blocks, and a thread can be ended in the middle of a word. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { parentPort, workerData } from 'node:worker_threads';

export interface FliteWorkerData {
  readonly wasmFile: string;
  /** Flite's options, all but the files. */
  readonly options: readonly string[];
  /** Where the text is handed in and the sound out; the only folder the synthesizer can see. */
  readonly folder: string;
}

export interface FliteAnswer {
  readonly exitCode: number;
  /** A WAV file. */
  readonly sound: Uint8Array<ArrayBuffer>;
}

/** The part of the global that is used here; neither the language's nor Node's types have it. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: object): Promise<object>;
};

const { wasmFile, options, folder } = workerData as FliteWorkerData;
const module = await WebAssembly.compile(await readFile(wasmFile));
await mkdir(folder, { recursive: true });

parentPort!.on('message', (text: string) => {
  void speak(text).then((answer) => parentPort!.postMessage(answer, [answer.sound.buffer]));
});

async function speak(text: string): Promise<FliteAnswer> {
  await writeFile(join(folder, 'text'), text);
  const wasi = new WASI({
    version: 'preview1',
    args: ['flite', ...options, '-f', '/spoken/text', '-o', '/spoken/sound'],
    preopens: { '/spoken': folder },
    returnOnExit: true,
  });
  // A new instance for each sentence: the program is a command line tool and frees nothing.
  const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
  const exitCode = wasi.start(instance);
  return { exitCode, sound: Uint8Array.from(await readFile(join(folder, 'sound'))) };
}
