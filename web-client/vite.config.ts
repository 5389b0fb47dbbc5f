// Every asset is a file of its own under dist/assets: the page runs under a Content-Security-Policy
// without inline scripts, and the service embeds the files.
import { defineConfig } from 'vite';

export default defineConfig({
  base: './', // relative addresses: the client also works behind a proxy's path prefix
  publicDir: false,
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500, // kB; MapLibre is about 1 MB
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { input: ['index.html', 'data.html'] },
  },
  worker: { format: 'es' },
  server: { proxy: { '^/(health|collections|tiles|density|analysis|hotspots|jobs|imports|quality|review|geocode)': 'http://127.0.0.1:8080' } }, // npm run dev
});
