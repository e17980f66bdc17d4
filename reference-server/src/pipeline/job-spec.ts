/** What a validated request asks the pipeline to make. Plain data: it is stored with the job and survives a restart. */

export interface JobSpec {
  readonly brief: {
    readonly topic: string;
    readonly audience: string | null;
    readonly goal: string | null;
    readonly tone: string;
    /** BCP 47 tag or a language name. */
    readonly language: string;
    readonly aspect: Aspect;
  };
  /** How the script is to be written, where a language model writes it; what is missing is its own choice. */
  readonly writing?: {
    /** 0–2 */
    readonly temperature?: number;
    /** 0–1 */
    readonly topP?: number;
    readonly maxTokens?: number;
    readonly frequencyPenalty?: number;
    readonly presencePenalty?: number;
    readonly stopSequences?: readonly string[];
    readonly additionalInstructions?: string;
    /** A piece of text in the style that is wanted. */
    readonly exampleStyle?: string;
  };
  readonly plan: {
    /** Wanted length of the video in seconds, 10–1800. */
    readonly targetSeconds: number;
    readonly pacing: 'Chill' | 'Conversational' | 'Fast';
    readonly density: 'Sparse' | 'Balanced' | 'Dense';
    readonly style: string;
    readonly minSceneCount: number;
    readonly maxSceneCount: number;
    readonly targetSceneCount: number | null;
  };
  readonly voice: {
    /** A voice of the provider, or `default`. */
    readonly name: string;
    /** Speed factor, 0.5–2. */
    readonly rate: number;
    /** Shift in semitones, -20–20. */
    readonly pitch: number;
    readonly pause: 'Natural' | 'Short' | 'Long' | 'Dramatic';
  };
  readonly render: {
    readonly width: number;
    readonly height: number;
    readonly container: 'mp4' | 'webm' | 'mov' | 'mkv';
    readonly codec: 'H264' | 'H265' | 'VP9' | 'AV1';
    /** Upper bound of the video bitrate in kbit/s. */
    readonly videoBitrateK: number;
    readonly audioBitrateK: number;
    readonly fps: number;
    /** 0 (fast, coarse) – 100 (slow, fine). */
    readonly qualityLevel: number;
  };
}

export type Aspect = 'Widescreen16x9' | 'Vertical9x16' | 'Square1x1';
