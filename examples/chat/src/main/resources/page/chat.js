'use strict';

const byId = id => document.getElementById(id);
const log = byId('log');
const question = byId('question');
const touch = matchMedia('(pointer: coarse)').matches;

/** Ends the answer that is being written; null while there is none. */
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

/** Asks on a socket of its own: to close it is to stop the run. */
function ask(text) {
  if (!text || stop) return;
  byId('welcome').hidden = true;
  if (text === question.value.trim()) question.value = '';
  const shown = show(text);
  const socket = new WebSocket(location.origin.replace(/^http/, 'ws') + '/ask');
  socket.binaryType = 'arraybuffer';
  let run = null;

  /** note: why there is no more, null where the answer is whole; failed: whether to offer another try. */
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
    if (part.last) end(part.state === 'PAUSED' ? 'A person has to approve this before it goes on.' : '', false);
  };
  socket.onclose = () => end(navigator.onLine
    ? 'The connection to this page’s server is lost. What has arrived stays here; you can ask again.'
    : 'You are offline. What has arrived stays here; ask again when you are back.', true);
  stop = () => end('Stopped.', false);
  writing(true);
}

/** Puts the question and the place for its answer into the log. */
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

/** Text stays text: what an answer holds never becomes elements. */
function grow(shown, part) {
  shown.text.append(part.text);
  if (part.node) {
    shown.bar.max = part.total || 1;
    shown.bar.value = part.done || 0;
    shown.step.textContent = part.total ? `${part.node}: ${part.done || 0} of ${part.total} steps done` : part.node;
  }
}

/** again: asks once more; null where there is no need. */
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
      thumb.addEventListener('click', () => judge(shown, run, thumb));
    }
    const retry = shown.actions.querySelector('.again');
    retry.hidden = !again;
    retry.addEventListener('click', again);
    byId('status').textContent = note || 'The answer is complete.';
  });
}

async function judge(shown, run, thumb) {
  const thumbs = shown.actions.querySelectorAll('[data-thumb]');
  thumbs.forEach(each => each.disabled = true);
  const answer = await fetch(`feedback?run=${encodeURIComponent(run)}&thumb=${thumb.dataset.thumb}`, { method: 'POST' })
    .then(async response => ({ ok: response.ok, words: await response.text() }))
    .catch(() => ({ ok: false, words: 'This page’s server cannot be reached. Please try again.' }));
  thumbs.forEach(each => {
    each.disabled = false;
    if (answer.ok) each.ariaPressed = String(each === thumb);
  });
  thumb.focus();
  shown.said.textContent = answer.words;
}

/** While an answer is written, Stop stands where Send was. */
function writing(now) {
  const left = [byId('send'), byId('stop'), document.body].includes(document.activeElement);
  byId('send').hidden = now;
  byId('stop').hidden = !now;
  if (now) byId('status').textContent = 'The answer is being written. Escape stops it.';
  if (left && !touch) question.focus();
}

/** Follows what is new, unless the person has scrolled up to read. */
function keepInView(change) {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  change();
  if (atEnd) log.scrollTop = log.scrollHeight;
}
