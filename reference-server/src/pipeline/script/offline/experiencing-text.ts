/** Material for the offline writer: angles on how people live with a topic. Format: see facet.ts. */

export const EXPERIENCING_TEXT = `
# What surprises people | A few surprises
> Some things surprise almost everyone.
> Ask people what surprised them about {t}, and you hear the same few answers.
One is how much of it they had seen before without a name for it.
Another is that the easy parts are rarely the ones that look easy.
Many are also surprised by how friendly the people around it are.
Some expected rules and found conversations.
& Others expected chaos and found a quiet kind of order.
Nearly everybody says that they should have asked sooner.
A surprise is a small gift, because it shows where your picture was wrong.
Collect your own, and compare them with [those of a friend|a friend's] in a month.

# If you are short of time | Five minutes are enough
> What if you have only five minutes?
> A busy day leaves little time to think about {t}, and that is all right.
Five minutes are enough to read one page with full attention.
They are enough to ask one person one good question.
They are enough to tidy up the notes of last week.
Choose beforehand which of these it will be, or the minutes are gone.
Put the telephone in another room while they last.
Stop when the time is up, even if you would like to go on.
Wanting to go on is what brings you back tomorrow.
Small amounts add up [quietly|without any noise], and one day you notice the sum.

# The right moment | Good timing
> Timing matters more than it seems.
> Is there a good moment to deal with {t}?
The right moment is rarely the one when everybody is in a hurry.
Early in the day, most people are patient with difficult things.
After lunch, it is better to do what your hands can do without you.
Late in the evening, almost every problem looks larger than it is.
Watch yourself for a week, and note when your thoughts are clear.
Then defend that hour as if it were an appointment.
If a decision can wait until morning, let it wait.
& If it cannot, [breathe out|take a breath] first and write down what you know for sure.

# Numbers and scale | Large and small
> Let's get a sense of scale.
> Numbers can be friendly when you bring them down to size.
Take a large figure and divide it by the number of people it concerns.
Suddenly it is about one person, one day or one room.
Compare it with something that you can lift, walk or wait for.
Ask whether it is an average, because nobody ever met the average.
Ask how it looked ten years ago, since direction says more than position.
A number about {t} without a comparison is only decoration.
Round it generously; the first digit carries nearly all of the meaning.
And if two numbers disagree, somebody [counted|must have counted] different things.

# How it feels | The human side
> Let's not forget how it feels.
> Facts are one half of the story, and feelings are the other.
At the beginning, most people are curious and a little nervous.
Then comes a day on which nothing seems to fit together.
& It is tempting to blame yourself on that day, and it is never fair.
A short conversation about {t} with someone who has been there helps more than advice.
After that comes the first small success, and it tastes better than any large one.
Pride is allowed, and so is a break.
Over time, excitement turns into something calmer and more reliable.
You could call it trust: in the thing, in others and in [yourself|your own judgement].

# Keeping it alive | Looking after it
> What you build needs care.
> It is easier to begin something than to keep it going.
Give it a fixed place in your week, even if that place is small.
Repair little things at once, because they are still little.
Every few months, look at the whole and ask what has become too much.
Throw away one thing for each thing that you add.
Let others help, and let them do it in their own way.
Write down what only you know, before you forget that you know it.
Celebrate the years as well as the beginnings.
What is looked after quietly tends to [last|stay with us] the longest.

# When things go right | A good day
> Let's talk about success.
> When something works, it is worth asking why.
We study failures carefully and let successes pass.
& Yet a good day can be repeated, if you know what made it good.
Was it the preparation, the company or simply enough sleep?
& Write down three things that you did differently from usual.
Thank the people who had a part in it, by name and without delay.
Try one of the three things again on an ordinary day.
If it works twice, you have found a habit worth keeping.
Much of what is known about {t} began with a good day that somebody [looked at|examined] twice.
`;
