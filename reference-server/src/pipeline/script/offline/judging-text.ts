/** Material for the offline writer: angles that help to judge a topic and to go on with it. Format: see facet.ts. */

export const JUDGING_TEXT = `
# Choices and trade-offs | There are options
> There is rarely just one way.
> Anyone who deals with {t} will have to make a choice one day.
Quick, cheap and good: you may have two of them, seldom all three.
Write your options side by side and give each one a fair sentence.
Include the option of doing nothing, since it is always there.
Ask which choice would be easy to undo.
When two options seem equal, take the one that teaches you more.
Do not search for the perfect answer if a good one is already here.
Perfect answers have a habit of arriving late.
Once you have decided, write down why.
In half a year, that [note|little note] will be worth more than the decision itself.

# Knowing the limits | Where it ends
> Everything has its limits.
> When we talk about {t}, we should also talk about the limits.
Limits are not failures; they are the shape of a thing.
Inside them, you can rely on what you know.
& Outside them, even good rules give bad advice.
The dangerous place is the border, where everything still looks familiar.
Watch for small surprises, because they are how a border announces itself.
If a rule needs more and more exceptions, you have left its home.
Say openly when you do not know; it makes the rest of what you say believable.
Somebody else may know more about the other side.
Good maps mark the empty regions too.

# Risks worth knowing | Staying on the safe side
> A word about risks.
> Most things go well, and it still pays to think about what might not.
Ask of each risk how likely it is and how bad it would be.
Rare and harmless can be ignored.
& Common and harmless calls for a little patience.
& Rare but serious deserves a plan, written down while everyone is calm.
Keep the plan short enough to be read in a hurry.
Make sure that someone besides you knows where to find it.
Small safety margins are cheap, and they let you sleep.
Being careful does not mean being afraid.
It means that a bad day stays [just a bad day|a small story].

# Questions to ask | Staying curious
> Good questions come first.
> Which questions lead you deeper into {t}?
Ask what would have to be different for the opposite to be true.
Ask who benefits, who pays and who was never asked.
Ask how it was done before, and why that changed.
Ask what the simplest counterexample would look like.
A question that begins with how usually beats one that begins with why.
Never be ashamed of a simple question.
The simple ones are [hardest|the hardest] to answer, and everyone learns from them.
Keep a list of questions without answers, and read it now and then.
You will be surprised how many answer themselves in time.

# How we know | Looking at the evidence
> How can anyone be sure?
> It is fair to ask for proof.
> Whenever you hear a claim about {t}, it is worth asking where it comes from.
Some things are measured, some are remembered and some are merely repeated.
& All three can be true, but they are not equally safe.
Look for somebody who tried to prove it wrong and failed.
One striking story is a beginning, not a proof.
Numbers help, provided that you know what was counted.
Ask what was left out, and whether it would have changed the picture.
Two independent sources are worth more than ten copies of one.
Where the evidence is thin, hold your opinion loosely.
Changing your mind for a good reason is a [strength|sign of strength].

# What is changing | Looking ahead
> Things do not stand still.
> What will be different in a few years?
Nobody knows for certain, yet some directions are easy to see.
& What is expensive today tends to become ordinary.
What is ordinary tends to disappear into the background.
New people arrive with new questions, and they do not respect old borders.
That is [healthy|a healthy thing], even when it is uncomfortable.
The basics change far more slowly than the headlines suggest.
So put your effort into the basics and stay relaxed about the news.
Check once or twice a year what has really moved in connection with {t}.
You will find less than you feared, and one thing that you would have missed.

# Different points of view | Two sides
> Not everyone sees it the same way.
> Sensible people disagree about {t}, and that is worth a closer look.
Some begin with what is useful, others with what is true.
Some think of the next week, others of the next generation.
Before you choose a side, try to state each view so well that its friends would nod.
It is harder than it sounds, and it [changes|improves] the conversation at once.
You may find that they are answering different questions.
& Then there is nothing to fight about, only something to sort.
Where a true disagreement remains, name it and leave it standing.
Not every tension needs to be solved today.

# The details that count | Looking closer
> Now look a little closer.
> The difference between good and very good hides in the details.
There are details that decorate and details that decide.
& The second kind is often invisible until it fails.
To find it, ask what experienced people check first.
They rarely begin with what everybody else is looking at.
Take one small question about {t} and look at it for five minutes longer than seems reasonable.
After the third minute, you begin to see things.
Write them down, however minor they appear.
One of them will matter later, and you will be glad to have [met it early|seen it before].

# Passing it on | Explaining it to others
> Share what you have learned.
> You understand something fully when you can explain it to somebody else.
Choose a patient listener who knows nothing about {t}.
Begin with a question they might really have.
Use short sentences, and stop when their eyes wander.
Where you start to wave your hands, you have found a gap of your own.
That is not embarrassing; it is the [point|very point] of the exercise.
Let them say it back to you in their own words.
Their version may well be better than yours.
Keep the phrases that worked and use them again.
Teaching is the cheapest way to learn a thing twice.

# What stays in mind | The heart of it
> What should you remember?
> If you forget everything else about {t}, keep one simple thought.
Understanding grows from a few simple ideas, used again and again.
You do not need to hold every fact in your head.
It is enough to know where things belong and where to look them up.
Facts change, but a good order of thought stays useful.
Trust what you have seen yourself, and check what you have only heard.
Leave some room for being wrong.
And keep a little of the curiosity that [brought you here|made you press play].
It is the one thing that nobody else can supply.

# Signs of progress | How far you have come
> How can you tell that you are making progress?
> Progress is easy to miss while you are in the middle of it.
You spend less time on things that used to stop you.
You notice mistakes earlier, sometimes even before they happen.
Your questions become shorter and more precise.
You can tell which advice fits your case and which does not.
Now and then, somebody asks you about {t}, and you have an answer.
None of this shows up on a single day.
So look back once a month and be fair to yourself.
Write one line about what has become easier.
A dozen such lines [make|tell] a very encouraging story.

# Next steps | Where to go from here
> What comes next?
> From here, there are several good ways to go on with {t}.
You can go deeper, go wider, or go out and use what you know.
Going deeper means following one question until it is truly answered.
Going wider means seeing what the neighbouring subjects have to say.
Using what you know is often the best of the three.
Choose the way that you are looking forward to.
Set a date for it, preferably this week.
Tell one person about your plan, so that somebody will ask.
Keep your notes where you will [find them|see them] again.
And be ready to start over at a higher level, because that is how learning goes.
`;
