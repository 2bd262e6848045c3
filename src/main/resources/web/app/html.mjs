// Preact with templates instead of JSX.

import htm from '../vendor/htm.mjs';
import { h, render } from '../vendor/preact.mjs';

export const html = htm.bind(h);
export { render };
