import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The page and the gateway share one origin: what runs in front of both hands /graphql on. So no CORS is needed. */
const proxy = { '/graphql': process.env.GATEWAY_URL ?? 'http://127.0.0.1:4000' };

export default defineConfig({
  // Relative addresses: the build works in any folder of any server.
  base: './',
  plugins: [react()],
  server: { host: '127.0.0.1', proxy },
  preview: { host: '127.0.0.1', proxy },
});
