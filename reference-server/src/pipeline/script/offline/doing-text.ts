/** Material for the offline writer: angles that help to do something about a topic. Format: see facet.ts. */

export const DOING_TEXT = `
# The first step | Where to begin
> Begin with one small step.
> When it comes to {t}, the best way to begin is to begin small.
Pick something that you can finish today, even if nobody will ever see it.
A finished small thing teaches more than a large plan.
Choose a step so easy that there is no excuse to delay it.
Ten minutes are enough, as long as nothing interrupts them.
When you are done, stop and look at what happened.
Was it easier than expected, or harder, and at which point?
& That answer [tells you|shows you] what the second step should be.
Do not worry about the tenth step yet.
It will look completely different by the time you get there.

# Getting ready | Before you start
> A little preparation saves a lot of time.
> Good preparation is quieter than good luck, but it lasts longer.
Put what you need in one place, so that nothing sends you searching later.
Decide how you will recognise a good result.
Without that decision, it is hard to know when to stop.
Tell somebody what you are planning; it makes the plan real.
Set aside a little more time than you think you need.
Keep something to write with close at hand.
Take a moment to think about what you already know about {t}.
& It is usually more than you would guess.
Then put the preparation away and actually begin.

# Useful tools | What to keep at hand
> You do not need many tools.
> The right tools make a difference, though fewer than you might think.
Start with the simplest thing that does the job.
Better equipment helps once you know exactly what bothers you about the simple one.
A notebook, a clock and a patient friend are hard to beat.
Borrow before you buy, and try before you borrow.
Learn one tool well instead of five tools a little.
When a tool gets in your way, ask whether it is made for somebody else's problem.
The people who know most about {t} tend to have surprisingly plain tools.
What sets them apart is that they know each one by heart.
Look after your tools, and they will [look after|take care of] your time.

# Practice that works | Getting better
> Practice makes the difference.
> Reading about {t} is one thing, and practising is another.
Short and regular beats long and rare, every single time.
Choose one detail for each session and leave the others alone.
Make it slightly harder than last time, but only slightly.
If it feels easy, change something; if it feels hopeless, make it smaller.
Mistakes in practice are cheap, so make them there.
Repeat the part that went wrong, not the part you enjoy.
Rest counts as well, because a tired mind practises its errors.
After two weeks, compare your work with your first attempt.
The difference will be larger than it felt from day to day.
That comparison is the best [motivation|encouragement] there is.

# Common mistakes | What to watch out for
> Everyone makes the same few mistakes.
> Some mistakes are so common that they deserve a warning.
One is to hurry through the beginning.
& Whatever you skip there comes back later, and it comes back larger.
Another is to change three things at once and then wonder which one helped.
& One change at a time looks slow, but it is the quickest way to know.
A third is to keep quiet when something is unclear.
Confusion does not go away by itself; it [only hides|simply waits].
It is just as common to copy a solution without copying its conditions.
What worked for others worked in their place, with their means, at their time.
When it comes to {t}, even experienced people fall into that trap.
The good news is that every one of these mistakes can be undone.

# Checking your work | Is it any good?
> How do you know that it works?
> Trust is good, but a quick check is better.
Look at the result with fresh eyes, ideally after a night's sleep.
Ask somebody who was not involved what they see.
Do not explain anything before they answer.
Compare what you have with what you wanted, point by point.
Try the unusual case, not just the one you had in mind.
If something fails, be glad that you were the one who found it.
Write down what you checked, so that you need not wonder later.
A check that takes a minute is one that you will really do.
As far as {t} is concerned, an honest check is worth more than a proud feeling.

# Small habits | Making it part of your day
> Small habits carry you further than big plans.
> Motivation comes and goes, while habits stay.
Tie the new habit to something you already do every day.
After breakfast is good, and so is the quiet minute before you leave work.
Make it so small that skipping it would feel silly.
Miss a day if you must, but try not to miss two.
Keep the things you need in plain sight.
Remove one obstacle each week, however tiny it may be.
Do not count the days too strictly; count how easy it has become.
In a month, thinking about {t} will [belong|seem to belong] to your day.
And habits have a way of inviting their friends.

# How long it takes | A matter of time
> How long will it take?
> Let's talk honestly about time.
The first hour brings the quickest progress, because everything is new.
Then comes a stretch where little seems to happen.
& That stretch is normal, and it ends.
Most people give up right before it does.
Plan in weeks rather than days, and look back in months.
Some parts of {t} can be understood in an afternoon.
& Others need to be seen several times, in different moods and different weather.
Rushing makes them take longer.
Ask how much time you can give without resenting it, and give exactly that.
Steady and modest [wins here|is the way to go].

# What it costs | Effort and reward
> Everything has its price.
> Before you spend your time on {t}, it is fair to ask what it costs.
Money is the obvious part, and it is rarely the largest.
& Attention costs more, since you can spend it only once.
There may be something that you have to stop doing to make room.
& Name it openly, so that you do not regret it later.
On the other side of the scale, write down what you hope to gain.
Be specific: not a better life, but one better Thursday.
If the two sides look even, start with a trial and a date to decide.
A small trial costs little and answers a lot.
Most regrets come from never having [asked|looked], not from having paid.

# When you get stuck | Finding help
> Getting stuck is part of it.
> What do you do when nothing works?
First, stop and describe the problem aloud, as if someone were listening.
Very often, the answer shows up halfway through the second sentence.
If it does not, go back to the last point where all was well.
Move forward from there in half steps.
Take a walk; it is astonishing what legs can do for a head.
Then ask for help, and say what you have tried already.
People like to help when they can see that you have made an effort.
Somewhere, somebody has wrestled with {t} and got stuck in the very same place.
Once you are through, leave a note for the next person.

# Working with others | Better together
> You do not have to do it alone.
> Almost everything about {t} is easier in good company.
Agree early on who does what, and on how you will decide.
Different speeds are no problem, as long as everybody knows about them.
Let the quiet person speak first now and then.
Share half-finished work, because that is when advice still helps.
Criticise the work and thank the person, in that order or the other.
When opinions clash, look for a test instead of a winner.
Celebrate small results together; it [costs nothing|takes a minute] and it is remembered.
At the end, ask what each of you would do differently.
Those answers are the best start for the next time.

# Keeping it simple | Less is more
> Keep it simple.
> There is always a simpler way to say it, and mostly a simpler way to do it.
Remove one thing and see if anybody misses it.
If nobody does, leave it out for good.
Simple does not mean careless; it means that every part has a reason.
It takes courage to leave out what took a long time to make.
Yet nobody ever complained that an explanation was too clear.
Whenever things begin to feel complicated, return to the first question.
& What was it that you wanted to know or to do?
& Anything that does not serve that question can wait.
What is left [will be|turns out to be] lighter, and it will last longer.
`;
