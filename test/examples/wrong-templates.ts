/** Templates with one mistake per line, for the compilers of the examples to find. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify, stripVTControlCharacters } from 'node:util';
import { folderOf } from './example-app.ts';

export const WRONG_TEMPLATES = {
  vue: {
    compiler: 'vue-tsc/bin/vue-tsc.js',
    file: 'wrong.vue',
    text: `<script setup lang="ts">
/// <reference types="@aura-jobs/elements/vue" />
</script>
<template>
  <aura-job-progress variant="ring" :jobId="'job-1'" cancellable @aura-progress="(event) => event.detail.percent" />
  <aura-job-progress variant="square" />
  <aura-job-progress :job-id="7" />
  <aura-job-progress @aura-progress="(event) => event.detail.nothing" />
</template>
`,
    wrongLines: [6, 7, 8],
  },
  angular: {
    compiler: '@angular/compiler-cli/bundles/src/bin/ngc.js',
    file: 'wrong.ts',
    text: `import { Component } from '@angular/core';
import { AURA_ELEMENTS } from '@aura-jobs/elements/angular';
@Component({
  selector: 'app-wrong',
  imports: [AURA_ELEMENTS],
  template: \`
    <aura-job-progress variant="ring" [jobId]="''" cancellable (aura-progress)="take($event.detail.percent)" />
    <aura-job-progress variant="square" />
    <aura-job-progress [jobId]="7" />
    <aura-job-progress [jobb]="''" />
    <aura-job-progress (aura-progress)="take($event.detail.nothing)" />
    <aura-nothing />
  \`,
})
export class Wrong {
  take(_value: unknown): void {}
}
`,
    wrongLines: [8, 9, 10, 11, 12],
  },
};

/** Compiles the template with the settings of the example, which is installed. @returns the lines with errors */
export async function compileTemplate(name: keyof typeof WRONG_TEMPLATES): Promise<number[]> {
  const { compiler, file, text } = WRONG_TEMPLATES[name];
  const dist = join(folderOf(name), 'dist');
  await mkdir(dist, { recursive: true });
  const folder = await mkdtemp(join(dist, 'wrong-'));
  try {
    await writeFile(join(folder, file), text);
    await writeFile(
      join(folder, 'tsconfig.json'),
      '{ "extends": "../../tsconfig.json", "include": ["."], "files": [] }',
    );
    const args = [join(folderOf(name), 'node_modules', compiler), '-p', folder];
    const said = await promisify(execFile)(process.execPath, args).catch(
      (error: { stdout: string; stderr: string }) => error,
    );
    const output = stripVTControlCharacters(said.stdout + said.stderr);
    const places = output.matchAll(new RegExp(`${file}(?:\\((\\d+),\\d+\\)|:(\\d+):\\d+)[: ].*error`, 'g'));
    return [...places].map((place) => Number(place[1] ?? place[2])).sort((a, b) => a - b);
  } finally {
    await rm(folder, { recursive: true });
  }
}
