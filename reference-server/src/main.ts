/** Entry of the server process: asks for a Node that can run it, and starts it there. */
import { isBuiltin } from 'node:module';

// Found out here, since a program with an import that does not exist cannot say anything.
if (isBuiltin('node:sqlite')) await import('./serve.ts');
else {
  process.stderr.write(
    `The server needs Node 22.18 or newer, and this is ${process.version}. npm start brings its own.\n`,
  );
  process.exitCode = 1;
}
