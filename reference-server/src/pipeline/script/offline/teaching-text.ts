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
When it comes to {t}, most people know that something happens, but not how.
What would you expect, and what makes you expect it?
Make a guess now, before you hear more, and keep it in mind.
A wrong guess is valuable, because you will remember the moment it turned.
Scientists and children work in the same way: they look, guess and look again.
So let's look.

# Cause and effect | What leads to what
> What causes what?
> The key to {t} lies in the order of events.
First something changes, often slowly and without a sound.
Then something else has to respond, because it cannot stay as it was.
What we notice in the end is only the last link of the chain.
Follow the chain backwards, and ask at each link what came before.
Be careful when two things merely happen together.
They may share a cause, or they may have met by chance.
A real cause still works when everything around it is different.

# A small experiment | Try it yourself
> You can test this yourself.
> Nothing replaces a small experiment of your own.
Choose something that you can observe with your own eyes.
Predict what will happen and write the prediction down.
Change one single thing and leave the rest as it is.
Then observe, without helping nature along.
Repeat it, since once may be luck.
Compare the result with your prediction and enjoy the difference.
That is how knowledge about {t} was won in the first place.

# What we have learned | Summary of the lesson
> Now you know a little more.
> Let's sum up what we know about {t}.
Our goal was this: {goal}.
We started with a question, looked for causes and checked them against examples.
Try to repeat the main idea in two sentences, in your own words.
If you can do that, the lesson has done its work.
If you cannot yet, watch one part again and try once more.
Stay curious, and thank you for learning with us.
See you next time.
{farewell}
`;

export const TUTORIAL_TEXT = `
# What you will learn | Introducing {t} | Hello
> Let's learn about {t}.
> In this tutorial, you will find your way into {t}.
> Welcome to this short tutorial about {t}.
It is written with {audience} in mind.
When we are done, you should be able to say that you reached this goal: {goal}.
We go one step at a time, and nothing will be taken for granted.
Follow along if you can, because doing it once beats watching it twice.
Pause whenever you need a moment to catch up.

# What you need | Your checklist
> First, gather what you need.
> Before step one, let's make sure that everything is in place.
Clear a little space, on the table or on the screen.
Get the basic materials together and leave the extras for later.
Read or watch the whole thing once before you start.
That way, nothing will take you by surprise halfway through.
Plan a bit more time than the instructions say.
If something is missing, find out now whether you can do without it.

# Step by step | The way to do it
> Take it one step at a time.
> Here is the plan, in the order in which it works best.
Step one is to look at the starting point and describe it honestly.
Step two is the smallest change that moves you forward.
Step three is to check the change before you add another.
Step four is to repeat steps two and three until the result holds.
Step five is to tidy up, because your future self will come back here.
Do not skip the checks; they are what makes the method safe.
The same five steps work for almost every task around {t}.

# If something goes wrong | Troubleshooting
> What if it does not work?
> Do not panic when something goes wrong, because it usually will.
Read the message or look at the result, slowly and completely.
Undo the last change and see whether the problem goes with it.
Compare each step with the plan, beginning at the top.
Nine times out of ten, the reason is something small.
Note what the cause was, since you may well meet it again.
Then carry on from the last point that you trust.

# You made it | What to try next
> Well done!
> Now it's your turn.
> That completes our tutorial about {t}.
If you followed along, you are much closer to the goal: {goal}.
Try it once more without the video, and see how far you get.
Then change one thing and make it your own.
Show somebody what you made; they will ask good questions.
Thanks for following along.
Have fun!
{farewell}
`;
