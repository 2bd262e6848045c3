// Sending files to the server, which answers with their addresses (soju.im/FILEHOST).

const ADDRESS = 'upload';

/** Uploads files. `token()` returns the promise of a token for `Authorization: Bearer`, for one file. */
export class Uploads {
  #token;
  #limits;

  constructor(token) {
    this.#token = token;
  }

  /** What can be uploaded: `{ types, most }`; undefined: nothing. Asks the server once. */
  limits() {
    this.#limits ??= fetch(ADDRESS, { method: 'OPTIONS' }).then(
      answer => {
        if (!answer.ok) return undefined;
        const types = (answer.headers.get('Accept-Post') ?? '').split(',').map(each => each.trim());
        return { types, most: Number(answer.headers.get('Teahouse-Max-Bytes')) };
      },
      () => (this.#limits = undefined),
    );
    return this.#limits;
  }

  /**
   * Uploads a file; returns its address. Rejects with `{ key, … }` of the words.
   *
   * @param progress gets the part that is sent, from 0 to 1
   */
  async send(file, progress) {
    const limits = await this.limits();
    if (!limits) throw { key: 'uploadsOff' };
    if (!limits.types.includes('*/*') && !limits.types.includes(file.type)) throw { key: 'uploadType', name: file.name };
    if (file.size > limits.most) throw { key: 'uploadLarge', name: file.name, most: Math.floor(limits.most / 1024) };
    return post(file, await this.#token(), progress);
  }
}

/** By XMLHttpRequest, because fetch does not tell how much it has sent. */
function post(file, token, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', ADDRESS);
    request.setRequestHeader('Authorization', 'Bearer ' + token);
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.upload.onprogress = event => event.lengthComputable && progress(event.loaded / event.total);
    request.onload = () => {
      const location = request.getResponseHeader('Location');
      if (request.status === 201 && location) resolve(new URL(location, document.baseURI).href);
      else reject({ key: 'uploadFailed', name: file.name, why: request.responseText.trim() || request.status });
    };
    request.onerror = () => reject({ key: 'uploadFailed', name: file.name, why: '' });
    request.send(file);
  });
}
