/** Asks the newest question only: one on its way, one waiting, and answers that nobody waits for are dropped. */

export class Latest<Question, Answer> {
  private waiting: Question | null = null
  private isBusy = false
  private generation = 0
  private timer: ReturnType<typeof setTimeout> | null = null

  constructor(
    private readonly ask: (question: Question) => Promise<Answer>,
    private readonly show: (question: Question, answer: Answer) => void,
    private readonly fail: (question: Question, fault: unknown) => void,
    private readonly gapMs = 80,
  ) {}

  /** Asks this next; a question that still waits is forgotten. */
  want(question: Question): void {
    this.waiting = question
    if (!this.isBusy && this.timer === null) void this.next()
  }

  /** Forgets what was asked; an answer on its way is not shown. */
  drop(): void {
    this.generation += 1
    this.waiting = null
  }

  private async next(): Promise<void> {
    const question = this.waiting
    if (question === null) return
    this.waiting = null
    this.isBusy = true
    const mine = this.generation
    try {
      const answer = await this.ask(question)
      if (mine === this.generation) this.show(question, answer)
    } catch (fault) {
      if (mine === this.generation) this.fail(question, fault)
    } finally {
      this.isBusy = false
      this.timer = setTimeout(() => {
        this.timer = null
        void this.next()
      }, this.gapMs)
    }
  }
}
