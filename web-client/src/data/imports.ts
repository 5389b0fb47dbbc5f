// The imports part: a file is sent and followed, its counts are shown, and what was imported is
// listed and can be undone.
import { byId, element } from '../dom.ts';
import { makeMessages } from '../messages.ts';
import { deleteImport, fetchImport, fetchImports, followImport, type Import, sendFile, type Undone, type Upload } from './api.ts';
import { confirmed } from './confirm.ts';
import { makeImportList } from './import_list.ts';
import { makeProgress } from './import_progress.ts';
import { showResult } from './import_result.ts';
import { fileNames, isOver, progressSentence, shareRead, undoneSentence, undoQuestion } from './import_words.ts';
import { type DataPart, dataState, type GoTo } from './state.ts';
import { makeUploadForm } from './upload_form.ts';

// It may have been done before the cancelling came.
function deletedWords(answer: Import | Undone): string {
  return 'removed' in answer ? undoneSentence(answer) : `The import of ${fileNames(answer)} is cancelled.`;
}

export function makeImportsPart(goTo: GoTo): DataPart {
  const messages = makeMessages(
    byId('imports-status'), byId('imports-notes'), byId('imports-alert'), 'Loading imports …');
  const progress = makeProgress(byId('progress'));
  const form = makeUploadForm(byId('upload'), (upload) => void send(upload));
  const list = makeImportList(byId('import-list'), {
    open: (id) => void open(id, 'push'),
    undo: (shown) => void undo(shown),
    cancel: (id) => void cancel(id),
  });
  const result = byId('result');
  let following: AbortController | null = null; // the upload or import on show

  const say = (text: string) => messages.result(text, []);
  const fail = (error: unknown, again: () => void) => {
    messages.problem(error, [{ text: 'Try again', act: again }]);
  };

  const end = () => {
    following = null;
    progress.stop();
    form.setBusy(false);
  };

  async function refresh(): Promise<void> {
    list.show(await fetchImports());
  }

  // Counts, rejects and located share below the form, with the focus on them.
  async function open(id: string, way: 'push' | 'replace' | 'stay', focus = true): Promise<void> {
    try {
      const details = await fetchImport(id);
      if (way !== 'stay') goTo(dataState('imports', { importId: id }), way);
      showResult(result, details);
      if (focus) byId('result-heading').focus();
    } catch (error) {
      result.hidden = true;
      fail(error, () => void open(id, way, focus));
    }
  }

  async function send(upload: Upload): Promise<void> {
    following?.abort();
    const mine = (following = new AbortController());
    messages.result('', []);
    result.hidden = true;
    form.setBusy(true);
    progress.start(upload.file.name, () => mine.abort());
    say(`Sending ${upload.file.name}.`);
    try {
      const accepted = await sendFile(upload, (share) => progress.show('The file is being sent.', share), mine.signal);
      await follow(accepted, mine);
    } catch (error) {
      if (mine.signal.aborted) say(`Sending ${upload.file.name} was cancelled. Nothing was imported.`);
      else messages.problem(error, []); // the form above still has the file
    } finally {
      if (following === mine) end();
    }
  }

  async function follow(accepted: Import, mine: AbortController): Promise<void> {
    const name = fileNames(accepted);
    say(`Importing ${name}.`);
    progress.start(name, () => void cancel(accepted.id));
    progress.show(progressSentence(accepted), null);
    void refresh().catch(() => undefined); // the list shows it as under way
    await followImport(accepted.id, (now) => progress.show(progressSentence(now), shareRead(now)), mine.signal);
    if (following !== mine || mine.signal.aborted) return;
    progress.stop();
    const over = await fetchImport(accepted.id);
    say(over.state === 'done' ? `${name} is imported.` : `${name} was not imported.`);
    if (over.state === 'done') form.clear();
    goTo(dataState('imports', { importId: over.id }), 'replace');
    showResult(result, over);
    byId('result-heading').focus();
    await refresh();
  }

  async function cancel(id: string): Promise<void> {
    try {
      const answer = await deleteImport(id);
      await refresh();
      say(deletedWords(answer));
    } catch (error) {
      messages.problem(error, []);
    }
  }

  async function undo(shown: Import): Promise<void> {
    if (!(await confirmed(undoQuestion(shown), 'Undo import', 'Keep it'))) return;
    try {
      const answer = await deleteImport(shown.id);
      await refresh();
      if (!result.hidden && result.dataset['id'] === shown.id) await open(shown.id, 'stay', false);
      say(deletedWords(answer));
      byId('upload-heading').focus(); // its button is gone, and this is above the words
    } catch (error) {
      messages.problem(error, []);
    }
  }

  async function load(importId: string | null): Promise<void> {
    try {
      const imports = await fetchImports();
      list.show(imports);
      const underWay = imports.find(({ id, state }) => !isOver(state) && (importId === null || id === importId));
      if (underWay && !following) await resume(underWay);
      else if (importId) await open(importId, 'stay', false);
    } catch (error) {
      byId('import-list').replaceChildren(element('li', { class: 'quiet-text' }, 'The list could not be loaded.'));
      fail(error, () => {
        messages.result('', []);
        void load(importId);
      });
    }
  }

  // An import that was under way before the page was opened.
  async function resume(underWay: Import): Promise<void> {
    const mine = (following = new AbortController());
    try {
      await follow(underWay, mine);
    } finally {
      if (following === mine) end();
    }
  }

  return {
    show({ importId }) {
      if (!importId) result.hidden = true;
      void load(importId);
    },
  };
}
