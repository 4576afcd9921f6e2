/** For what is asked for and told by events alike: an answer counts only while nothing newer was asked for or told. */
export class Turn {
    private last = 0;

    /** Begins the next turn; gives whether it is still the newest. */
    next(): () => boolean {
        this.last += 1;
        const mine = this.last;
        return () => mine === this.last;
    }
}
