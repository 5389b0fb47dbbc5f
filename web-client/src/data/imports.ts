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
import { type DataPart, type DataState, dataState, type GoTo } from './state.ts';
import { makeUploadForm } from './upload_form.ts';

// It may have been done before the cancelling came.
function deletedWords(answer: Import | Undone): string {
  return 'removed' in answer ? undoneSentence(answer) : `The import of ${fileNames(answer)} is cancelled.`;
}

export class ImportsPart implements DataPart {
  readonly #goTo: GoTo;
  readonly #messages = makeMessages(byId('imports-status'), byId('imports-notes'), byId('imports-alert'));
  readonly #progress = makeProgress(byId('progress'));
  readonly #form = makeUploadForm(byId('upload'), (upload) => void this.#send(upload));
  readonly #list = makeImportList(byId('import-list'), {
    open: (id) => void this.#open(id),
    undo: (shown) => void this.#undo(shown),
    cancel: (id) => void this.#cancel(id),
  });
  readonly #result = byId('result');
  #following: AbortController | null = null; // the upload or import under way, if it is on show

  constructor(goTo: GoTo) {
    this.#goTo = goTo;
  }

  show({ importId }: DataState): void {
    if (!importId) this.#result.hidden = true;
    void this.#load(importId);
  }

  #say(text: string): void {
    this.#messages.result(text, []);
  }

  async #refresh(): Promise<void> {
    this.#list.show(await fetchImports());
  }

  async #load(importId: string | null): Promise<void> {
    try {
      const imports = await fetchImports();
      this.#list.show(imports);
      const underWay = imports.find(({ id, state }) => !isOver(state) && (importId === null || id === importId));
      if (underWay && !this.#following) await this.#run((mine) => this.#follow(underWay, mine));
      else if (importId) await this.#showResult(importId);
    } catch (error) {
      byId('import-list').replaceChildren(element('li', { class: 'quiet-text' }, 'The list could not be loaded.'));
      const again = () => {
        this.#say('');
        void this.#load(importId);
      };
      this.#messages.problem(error, [{ text: 'Try again', act: again }]);
    }
  }

  async #showResult(id: string): Promise<void> {
    this.#result.hidden = true;
    showResult(this.#result, await fetchImport(id));
  }

  // An import of the list, with the focus on its counts.
  async #open(id: string): Promise<void> {
    try {
      await this.#showResult(id);
      this.#goTo(dataState('imports', { importId: id }), 'push');
      byId('result-heading').focus();
    } catch (error) {
      this.#messages.problem(error, [{ text: 'Try again', act: () => void this.#open(id) }]);
    }
  }

  // One upload or import at a time is on show; a problem is shown, cancelling is none.
  async #run(work: (mine: AbortController) => Promise<void>): Promise<void> {
    this.#following?.abort();
    const mine = (this.#following = new AbortController());
    try {
      await work(mine);
    } catch (error) {
      if (!mine.signal.aborted) this.#messages.problem(error, []); // the form still has the file
    } finally {
      if (this.#following === mine) {
        this.#following = null;
        this.#progress.stop();
        this.#form.setBusy(false);
      }
    }
  }

  async #send(upload: Upload): Promise<void> {
    const { name } = upload.file;
    this.#result.hidden = true;
    this.#form.setBusy(true);
    await this.#run(async (mine) => {
      const cancel = () => {
        mine.abort();
        this.#say(`Sending ${name} was cancelled. Nothing was imported.`);
      };
      this.#say(`Sending ${name}.`);
      this.#progress.start(name, cancel);
      const sent = (share: number) => this.#progress.show('The file is being sent.', share);
      await this.#follow(await sendFile(upload, sent, mine.signal), mine);
    });
  }

  async #follow(accepted: Import, mine: AbortController): Promise<void> {
    const name = fileNames(accepted);
    const { id } = accepted;
    this.#say(`Importing ${name}.`);
    this.#progress.start(name, () => void this.#cancel(id));
    this.#progress.show(progressSentence(accepted), null);
    await this.#refresh(); // the list has it as under way
    await followImport(id, (now) => this.#progress.show(progressSentence(now), shareRead(now)), mine.signal);
    if (mine.signal.aborted) return;
    const over = await fetchImport(id);
    await this.#refresh();
    this.#say(over.state === 'done' ? `${name} is imported.` : `${name} was not imported.`);
    if (over.state === 'done') this.#form.clear();
    this.#goTo(dataState('imports', { importId: id }), 'replace');
    showResult(this.#result, over);
    byId('result-heading').focus();
  }

  async #cancel(id: string): Promise<void> {
    try {
      const answer = await deleteImport(id);
      await this.#refresh();
      this.#say(deletedWords(answer));
    } catch (error) {
      this.#messages.problem(error, []);
    }
  }

  async #undo(shown: Import): Promise<void> {
    if (!(await confirmed(undoQuestion(shown), 'Undo import', 'Keep it'))) return;
    try {
      const answer = await deleteImport(shown.id);
      await this.#refresh();
      if (!this.#result.hidden && this.#result.dataset['id'] === shown.id) await this.#showResult(shown.id);
      this.#say(deletedWords(answer));
      byId('upload-heading').focus(); // the button is gone, and this is above the words
    } catch (error) {
      this.#messages.problem(error, []);
    }
  }
}
