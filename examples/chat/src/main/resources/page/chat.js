'use strict';

const byId = id => document.getElementById(id);
const log = byId('log');
const question = byId('question');
const touch = matchMedia('(pointer: coarse)').matches;

/** Stops the answer in progress; null if there is none. */
let stop = null;

byId('ask').addEventListener('submit', event => {
  event.preventDefault();
  ask(question.value.trim());
});
question.addEventListener('keydown', event => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && !touch) {
    event.preventDefault();
    ask(question.value.trim());
  }
});
document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && stop) stop();
});
byId('stop').addEventListener('click', () => stop());
for (const example of document.querySelectorAll('.examples button')) {
  example.addEventListener('click', () => ask(example.textContent));
}

/** Asks on a new socket: to close the socket is to stop the run. */
function ask(text) {
  if (!text || stop) return;
  byId('welcome').hidden = true;
  if (text === question.value.trim()) question.value = '';
  const shown = show(text);
  const socket = new WebSocket(location.origin.replace(/^http/, 'ws') + '/ask');
  socket.binaryType = 'arraybuffer';
  let run = null;

  /** note: why the answer ended, empty if it is complete; failed: whether to offer to ask again. */
  function end(note, failed) {
    stop = null;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    finish(shown, note, run, failed ? () => ask(text) : null);
    writing(false);
  }

  socket.onopen = () => {
    socket.send(new TextEncoder().encode(text));
    shown.step.textContent = 'Waiting for the assistant';
  };
  socket.onmessage = event => {
    const part = JSON.parse(new TextDecoder().decode(event.data));
    run = part.run || run;
    if (part.error) return end(part.error, true);
    keepInView(() => grow(shown, part));
    if (part.last) end(part.state === 'PAUSED' ? 'A person must approve this before it continues.' : '', false);
  };
  socket.onclose = () => end(navigator.onLine
    ? 'The connection to the server of this page is lost. The received text stays here; you can ask again.'
    : 'You are offline. The received text stays here; you can ask again when you are online.', true);
  stop = () => end('Stopped.', false);
  writing(true);
}

/** Adds the question and an empty answer to the log. */
function show(text) {
  const asked = document.createElement('article');
  asked.className = 'asked';
  asked.ariaLabel = 'You asked';
  asked.textContent = text;
  const article = byId('answer').content.cloneNode(true).firstElementChild;
  log.append(asked, article);
  log.scrollTop = log.scrollHeight;
  return {
    article,
    text: article.querySelector('.text'),
    note: article.querySelector('.note'),
    progress: article.querySelector('.progress'),
    bar: article.querySelector('progress'),
    step: article.querySelector('.progress span'),
    actions: article.querySelector('.actions'),
    said: article.querySelector('.said'),
  };
}

/** Adds a part as text, never as markup. */
function grow(shown, part) {
  shown.text.append(part.text);
  if (part.node) {
    shown.bar.max = part.total || 1;
    shown.bar.value = part.done || 0;
    shown.step.textContent = part.total ? `${part.node}: ${part.done || 0} of ${part.total} steps done` : part.node;
  }
}

/** again: asks the question again; null if the answer is complete. */
function finish(shown, note, run, again) {
  keepInView(() => {
    shown.text.normalize();
    shown.article.ariaBusy = 'false';
    shown.progress.hidden = true;
    shown.note.textContent = note;
    shown.note.hidden = !note;
    shown.note.classList.toggle('failed', Boolean(again));
    shown.actions.hidden = !run && !again;
    for (const thumb of shown.actions.querySelectorAll('[data-thumb]')) {
      thumb.hidden = !run;
      thumb.addEventListener('click', () => rate(shown, run, thumb));
    }
    const retry = shown.actions.querySelector('.again');
    retry.hidden = !again;
    retry.addEventListener('click', again);
    byId('status').textContent = note || 'The answer is complete.';
  });
}

async function rate(shown, run, thumb) {
  const thumbs = shown.actions.querySelectorAll('[data-thumb]');
  thumbs.forEach(each => each.disabled = true);
  const answer = await fetch(`feedback?run=${encodeURIComponent(run)}&thumb=${thumb.dataset.thumb}`, { method: 'POST' })
    .then(async response => ({ ok: response.ok, text: await response.text() }))
    .catch(() => ({ ok: false, text: 'The server of this page cannot be reached. Please try again.' }));
  thumbs.forEach(each => {
    each.disabled = false;
    if (answer.ok) each.ariaPressed = String(each === thumb);
  });
  thumb.focus();
  shown.said.textContent = answer.text;
}

/** Replaces Send by Stop while an answer arrives. */
function writing(now) {
  const left = [byId('send'), byId('stop'), document.body].includes(document.activeElement);
  byId('send').hidden = now;
  byId('stop').hidden = !now;
  if (now) byId('status').textContent = 'The answer is arriving. Escape stops it.';
  if (left && !touch) question.focus();
}

/** Scrolls to the end after the change, unless the user has scrolled up. */
function keepInView(change) {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  change();
  if (atEnd) log.scrollTop = log.scrollHeight;
}
