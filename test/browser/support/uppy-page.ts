import Uppy from '@uppy/core';
import Tus from '@uppy/tus';

/** The page of a stranger who built it with Uppy: it sends what is chosen, and says what became of it. */
document.querySelector('input')!.addEventListener('change', ({ target }) => {
  const [file] = (target as HTMLInputElement).files!;
  const uppy = new Uppy({ autoProceed: true });
  uppy.use(Tus, {
    endpoint: `${location.origin}/api/v1/tus`,
    chunkSize: 2 * 1024 * 1024,
    retryDelays: [200, 500, 1000, 1000, 2000, 2000, 3000, 3000],
    onAfterResponse(_request, response) {
      const videoId = response.getHeader('Kdrama-Video-Id');
      if (videoId) Object.assign(window, { videoId });
    },
  });
  uppy.addFile({ name: file!.name, type: file!.type, data: file! });
});
