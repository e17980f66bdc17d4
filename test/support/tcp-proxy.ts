/** A TCP proxy: a name that leads to one server and then to another, and a line that goes dead without being closed. */
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface TcpProxy {
  readonly port: number;
  /** Where new connections lead. */
  target: number;
  /** Nothing comes through any more, in either direction, and nobody is told. @returns a function that ends it */
  stall(): () => void;
  /** Ends all connections. */
  cut(): void;
  close(): Promise<void>;
}

/** @param target port on this machine */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let stalled = false;
  const proxy = { target };
  const server = createServer((near) => {
    const far = connect(proxy.target, '127.0.0.1');
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('data', (chunk) => void other.write(chunk));
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        if (!stalled) other.destroy();
      });
      if (stalled) socket.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    get target() {
      return proxy.target;
    },
    set target(port) {
      proxy.target = port;
    },
    stall() {
      stalled = true;
      for (const socket of sockets) socket.pause();
      return () => {
        stalled = false;
        for (const socket of sockets) socket.resume();
      };
    },
    cut,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
  };
}
