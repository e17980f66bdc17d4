/** Material for the offline writer's videos that teach something. Format: see facet.ts, order of facets: kinds-text.ts. */

export const EDUCATIONAL_TEXT = `
# Introducing {t} | Today's lesson | What we will learn
> Let's find out about {t}.
> In this lesson, we explore {t}.
> Have you ever wondered about {t}?
This lesson is meant for {audience}.
By the end, we want to reach one goal: {goal}.
You do not need to know anything beforehand; curiosity is enough.
Keep a sheet of paper nearby, because a small sketch often helps.
If a part goes too fast, stop, think and play it again.

# The question behind it | What we want to know
> Let's begin with the question.
> Every good lesson starts with a question that is not answered yet.
When it comes to {t}, most people know less than they think.
What would you expect, and what makes you expect it?
& Make a guess before you look it up, and keep it in mind.
A wrong guess is valuable, because you will remember the moment it turned.
Scientists and children work in the same way: they look, guess and look again.

# Cause and effect | What leads to what
> One thing leads to another.
> To understand {t}, look for what leads to what.
First something changes, often slowly and without a sound.
& Then something else has to respond, because it cannot stay as it was.
What we notice in the end is only the last link of the chain.
Follow the chain backwards, and ask at each link what came before.
Be careful when two things merely happen together.
& They may share a cause, or they may have met by chance.
A real cause still works when everything around it is different.

# A small experiment | Try it yourself
> Try a small experiment.
> Nothing replaces a small experiment of your own.
Choose something that you can observe, and predict what will happen.
& Then change one single thing and compare the result with your prediction.
Leave everything else as it is, and do not help nature along.
Write down what you see before you explain it.
Repeat it, since once may be luck.
If you were wrong, enjoy the difference: it is the part that teaches.
That is how knowledge about {t} was won in the first place.

# Over to you | End of the lesson | Before you go
> That is all for today.
> That was our lesson on {t}.
> Now it is your turn to think about {t}.
Our goal was this: {goal}.
Say what you know about the topic in two sentences, in your own words.
+ Where you hesitate, you have found your next question.
+ Then look for an answer that you can check.
Stay curious, and thank you for learning with us.
See you next time.
{farewell}
`;

export const TUTORIAL_TEXT = `
# What you will learn | Introducing {t} | Hello
> Let's learn about {t}.
> This tutorial is about {t}.
> Welcome to this short tutorial about {t}.
This tutorial is made for {audience}.
We have one goal: {goal}.
Take it one step at a time, because doing it once beats watching it twice.
Pause whenever you need a moment to catch up.

# What you need | Your checklist
> First, gather what you need.
> Before you begin, make sure that everything is in place.
Clear a little space, on the table or on the screen.
Get the basic materials together and leave the extras for later.
Read or watch the whole thing once before you start.
& That way, nothing will take you by surprise halfway through.
Plan a bit more time than the instructions say.
If something is missing, find out now whether you can do without it.

# Step by step | The way to do it
> Take it one step at a time.
> Here is the order in which it works best.
First look at the starting point and describe it honestly.
& Then make the smallest change that moves you forward.
Check that change before you add another.
Repeat this until the result holds.
Tidy up at the end, because your future self will come back here.
Do not skip the checks; they are what makes the method safe.
The same steps work for almost every task around {t}.

# If something goes wrong | Troubleshooting
> What if it does not work?
> Do not panic when something goes wrong, because it usually will.
Read the message or look at the result, slowly and completely.
Undo the last change and see whether the problem goes with it.
Compare each step with the plan, beginning at the top.
Nine times out of ten, the reason is something small.
Note what the cause was, since you may well meet it again.
Then carry on from the last point that you trust.

# What to try next | Your turn
> Now it's your turn.
> That completes our tutorial about {t}.
Keep the goal in mind: {goal}.
Try it without the video, and see how far you get.
+ Then change one thing and make it your own.
Show somebody what you made; they will ask good questions.
Thanks for following along.
Have fun!
{farewell}
`;
