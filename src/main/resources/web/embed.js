// Shows one room of this server in a page of another site, where the script stands:
// <script src="https://chat.example.org/embed.js" data-room="#tea" data-width="100%" data-height="30rem"></script>
(() => {
  const script = document.currentScript;
  const { room = '#lobby', width = '100%', height = '30rem' } = script.dataset;
  const address = new URL('embed.html', script.src);
  address.searchParams.set('room', room);
  const frame = document.createElement('iframe');
  frame.src = address.href;
  frame.title = room;
  frame.allow = 'clipboard-write';
  Object.assign(frame.style, { border: '0', colorScheme: 'normal', height, width });
  script.after(frame);
})();
