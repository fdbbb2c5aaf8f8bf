// Where somebody reads in a chat: new lines are followed from the first that is new, and never under the reader's eyes.

const NEAR = 60;
const LEAD = 6;

export class Reading {
  /**
   * @param {HTMLElement} log what scrolls @param {HTMLElement} body around it
   * @param {HTMLElement} newer the button that tells of news below @param {() => HTMLElement | undefined} newest of the bot
   */
  constructor(log, body, newer, newest) {
    Object.assign(this, {log, body, newer, newest});
    this.following = true;
    /** The first line that was not there when something was done. @type {HTMLElement | null} */
    this.anchor = null;
    new ResizeObserver(() => this.following && this.follow()).observe(log);
    log.addEventListener("scroll", () => this.scrolled());
  }

  scrolled() {
    const gap = this.log.scrollHeight - this.log.clientHeight - this.log.scrollTop;
    // Where lines have become shorter the browser scrolls by itself.
    const byReader = this.log.scrollHeight === this.height && Math.abs(this.log.scrollTop - (this.target ?? -9)) > 2;
    if (byReader) {
      this.following = gap < NEAR;
      if (this.following) this.anchor = null;
    }
    this.tellNews();
  }

  /** Is there a message that begins below what can be seen? */
  tellNews() {
    const {scrollTop, scrollHeight, clientHeight} = this.log;
    const bottom = scrollTop + clientHeight;
    this.height = scrollHeight;
    const newest = this.newest();
    this.body.classList.toggle("more", scrollHeight - bottom > 8);
    if (!newest || newest.offsetTop < bottom - NEAR) this.newer.hidden = true;
    else if (this.anchor?.isConnected && this.anchor.offsetTop <= newest.offsetTop) this.newer.hidden = false;
  }

  /** To the end, but never past the first line that is new: it is read from there. */
  follow() {
    const end = this.log.scrollHeight - this.log.clientHeight;
    const start = this.anchor?.isConnected ? this.anchor.offsetTop - LEAD : end;
    this.target = Math.max(0, Math.min(end, start));
    this.log.scrollTop = this.target;
    this.tellNews();
  }

  toEnd() {
    this.anchor = null;
    this.following = true;
    this.follow();
  }

  /** Something was done: what comes now is read from here on. */
  moved() {
    this.anchor = null;
    this.following = true;
    // Where the reader is now is right, also if the browser tells it late.
    this.target = this.log.scrollTop;
  }

  /** Lines came: the first of the bot's or the stage's, whether the person wrote, and whether the chat was empty. */
  came(firstNew, own, first) {
    if (firstNew) {
      if (first) this.anchor = null;
      else if (!this.anchor?.isConnected) this.anchor = firstNew;
      if (first || this.following) this.follow();
      else this.tellNews();
    } else if (this.following || own) this.follow();
  }
}
