/** Chooses encoders that fit the container and turns the job's quality into their options. */
import type { JobSpec } from '../../job-spec.ts';
import { StageError } from '../../stage-error.ts';

type Codec = JobSpec['render']['codec'];

/** Effort and quality for one range of the job's quality level; a lower CRF is a better picture. */
interface QualityStep {
  readonly from: number;
  readonly preset: 'slow' | 'veryfast' | 'ultrafast';
  readonly crf: number;
}

const QUALITY_STEPS: readonly QualityStep[] = [
  { from: 90, preset: 'slow', crf: 18 },
  // Not `medium`: for cards it takes half as much time again, and the file is no smaller.
  { from: 75, preset: 'veryfast', crf: 20 },
  { from: 50, preset: 'veryfast', crf: 24 },
  { from: 0, preset: 'ultrafast', crf: 28 },
];

/** The same effort for encoders that count it in numbers. */
const SPEED: Readonly<Record<QualityStep['preset'], number>> = { slow: 2, veryfast: 4, ultrafast: 5 };

/** Their CRF scale goes to 63 instead of 51. */
const CRF_FACTOR = 63 / 51;

/** Encoders for each codec, the best first. */
const ENCODERS: Readonly<Record<Codec, readonly string[]>> = {
  H264: ['libx264'],
  H265: ['libx265'],
  VP9: ['libvpx-vp9'],
  AV1: ['libsvtav1', 'libaom-av1'],
};

/** The codec itself if the container can hold it, else the usual one of that container. */
export function codecFor({ container, codec }: JobSpec['render']): Codec {
  if (container === 'webm') return codec === 'VP9' || codec === 'AV1' ? codec : 'VP9';
  if (container === 'mov') return codec === 'H264' || codec === 'H265' ? codec : 'H264';
  return codec;
}

/**
 * Options for picture and sound.
 *
 * @param available encoders that the installed FFmpeg has.
 * @throws {StageError} `EncoderNotAvailable`.
 */
export function encoderOptions(render: JobSpec['render'], available: ReadonlySet<string>): string[] {
  const codec = codecFor(render);
  const video = oneOf(ENCODERS[codec], available, codec);
  const audio = oneOf([render.container === 'webm' ? 'libopus' : 'aac'], available, 'audio');
  const step = QUALITY_STEPS.find(({ from }) => render.qualityLevel >= from) ?? QUALITY_STEPS.at(-1)!;
  return [
    ...['-c:v', video, ...effortOptions(video, step), ...rateOptions(video, step, render.videoBitrateK)],
    ...['-pix_fmt', 'yuv420p', '-color_range', 'tv'],
    ...['-colorspace', 'bt709', '-color_primaries', 'bt709', '-color_trc', 'bt709'],
    // Without this tag Apple's players refuse H.265.
    ...(codec === 'H265' && render.container !== 'mkv' ? ['-tag:v', 'hvc1'] : []),
    ...['-c:a', audio, '-b:a', `${render.audioBitrateK}k`, '-ar', '48000', '-ac', '2'],
    ...(render.container === 'mp4' || render.container === 'mov' ? ['-movflags', '+faststart'] : []),
  ];
}

function effortOptions(encoder: string, { preset }: QualityStep): string[] {
  switch (encoder) {
    case 'libx264':
      return ['-preset', preset];
    case 'libx265':
      return ['-preset', preset, '-x265-params', 'log-level=error'];
    case 'libsvtav1':
      return ['-preset', String(SPEED[preset] + 5)];
    case 'libaom-av1':
      // At its fastest, since even that is slow. Old versions of FFmpeg call it experimental.
      return ['-strict', 'experimental', '-cpu-used', '8', '-row-mt', '1', '-tiles', '2x2'];
    default:
      return ['-deadline', 'good', '-cpu-used', String(SPEED[preset]), '-row-mt', '1'];
  }
}

/** Constant quality below an upper bound. */
function rateOptions(encoder: string, { crf }: QualityStep, kilobits: number): string[] {
  const bound = `${kilobits}k`;
  if (encoder === 'libx264' || encoder === 'libx265') {
    return ['-crf', String(crf), '-maxrate', bound, '-bufsize', `${kilobits * 2}k`];
  }
  const scaled = ['-crf', String(Math.round(crf * CRF_FACTOR))];
  // These encoders take the bound as the bitrate; SVT takes none together with a CRF.
  return encoder === 'libsvtav1' ? scaled : [...scaled, '-b:v', bound];
}

function oneOf(encoders: readonly string[], available: ReadonlySet<string>, purpose: string): string {
  const encoder = encoders.find((name) => available.has(name));
  if (encoder !== undefined) return encoder;
  throw new StageError({
    code: 'EncoderNotAvailable',
    message: `The installed FFmpeg has no software encoder for ${purpose} (${encoders.join(' or ')}).`,
    remediation: 'Choose codec H264, or install an FFmpeg that has this encoder.',
  });
}
