// The ways in which a picture comes: samples, files, the camera, the clipboard, drag and drop.

const MAX_SIDE = 1600;

/** JPEG and PNG as they are; what the server can't decode, or is huge, as a JPEG that the browser makes. */
async function readable(file, maxBytes) {
  const known = file.type === 'image/jpeg' || file.type === 'image/png';
  if (known && file.size <= maxBytes) {
    return file;
  }
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new Error('This isn’t a picture that the browser can read.');
  }
  const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', 0.92);
  });
}

/** Calls use(picture, name) for each picture that the person chooses, and fail(error) where there is none. */
export function listen(maxBytes, use, fail) {
  const take = async (file, name) => {
    try {
      use(await readable(file, maxBytes), name);
    } catch (e) {
      fail(e);
    }
  };
  for (const id of ['file', 'camera']) {
    const input = document.getElementById(id);
    input.addEventListener('change', () => {
      if (input.files.length > 0) {
        take(input.files[0], input.files[0].name);
      }
      input.value = '';
    });
  }
  document.addEventListener('paste', (event) => {
    const file = [...(event.clipboardData?.files || [])].find((one) => one.type.startsWith('image/'));
    if (file) {
      event.preventDefault();
      take(file, 'pasted picture');
    }
  });
  const target = document.getElementById('pick');
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    target.classList.add('over');
  });
  document.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) {
      target.classList.remove('over');
    }
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    target.classList.remove('over');
    const file = event.dataTransfer?.files[0];
    if (file) {
      take(file, file.name);
    }
  });
}

/** Makes a button for each sample. */
export function samples(box, urls, use, fail) {
  box.replaceChildren(...urls.map((url) => {
    const name = url.split('/').at(-1);
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'sample';
    button.setAttribute('aria-label', `Sample: ${name.split('.')[0].replace('-', ' ')}`);
    const image = document.createElement('img');
    image.src = url;
    image.alt = '';
    button.append(image);
    button.addEventListener('click', async () => {
      try {
        const response = await fetch(url);
        use(await response.blob(), name);
      } catch (e) {
        fail(e);
      }
    });
    return button;
  }));
}
