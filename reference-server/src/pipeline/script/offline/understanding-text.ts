/** Material for the offline writer: angles that help to understand a topic. Format: see facet.ts. */

export const UNDERSTANDING_TEXT = `
# The big picture | Seen from above
> Start with the big picture.
> Before any detail, take one step back and look at the whole.
Every topic has a centre, a few close neighbours and a wide border.
& The centre holds the one idea that everything else leans on.
Once you can name that idea in a single sentence, the rest has a place to go.
The neighbours are the ideas people tend to mix up with it.
The border is where other subjects begin, and it is [fine|quite all right] to stop there for now.
A good overview fits on one page and leaves out more than it says.
Try to draw it: one circle in the middle, five words around it.
When the details pile up later, come back to that drawing.
You will notice that most questions about {t} belong to one of those five words.
That is the whole purpose of an overview: it tells you where you are.

# Why it matters | A reason to care
> Why spend time on {t} at all?
> So why does any of this matter?
> There is a simple reason to care.
The short answer is that it touches more of daily life than it seems to.
People who understand it make calmer decisions.
They waste less time on things that only look important.
They also ask better questions, which is half of every good answer.
Nobody needs to become an expert to feel that difference.
A little knowledge in the right place goes a surprisingly long way.
Think of the last time you had to guess; that is [exactly|just] the moment when knowing helps.
It also makes conversations easier, because you can follow what others mean.
And, to be honest, it is [satisfying|simply pleasant] to know how something really works.

# The words people use | Speaking the language
> First, a few words about words.
> Sooner or later, anyone who reads about {t} meets a word they do not know.
Most of the difficult terms turn out to be short names for simple things.
Collect them as you go, one line each, in your own words.
If you cannot explain a term without using it, you have not met it properly yet.
Beware of words that sound familiar but mean something narrower here.
Two people can agree on every fact and still argue, because they use one word in two ways.
When in doubt, ask for an example instead of a definition.
An example is harder to misunderstand.
After a dozen of these terms, reading becomes much easier.
From then on, you learn new words in passing, without trying.

# The parts that make it up | What is inside
> What is it made of?
> Big things are easier to grasp when you take them apart.
Look for three or four pieces that could be described on their own.
For each piece, ask what goes in, what comes out and what could stop it.
Some pieces do the visible work, and others quietly keep it possible.
The quiet ones are usually named last and missed first.
Give every piece a plain name, even if the official one is longer.
Then check the list: is anything counted twice, or missing altogether?
& [A list of parts|An inventory] is not an explanation yet, but no explanation works without one.
When it comes to {t}, the number of parts is smaller than most people expect.
Naming them is already half of understanding them.

# How it fits together | Connections
> Look at how it all fits together.
> The interesting part is what happens between the pieces.
Change one thing, and two others move with it.
Those links explain why simple fixes sometimes have strange side effects.
Follow one path from beginning to end, and do not jump.
At each turn, ask what has to be true for the next step to happen.
Soon a pattern appears that no single part could show you.
Some links are strong and immediate; others are slow and easy to overlook.
The slow ones tend to matter more in the long run.
If something still seems like magic, a link is missing from your picture.
Find that link, and the magic turns into a reason.
[This way of looking|That habit] will serve you in many other places.

# A short history | How we got here
> A little history helps.
> Nothing starts from nothing, and there is a story behind {t} as well.
Long before there were experts, there were people with a practical problem.
& Their first solutions were rough, but they were honest about what was needed.
Later came better tools, and with them came rules, habits and names.
Some of those habits still make sense today.
& Others survive only because nobody asked why.
Knowing the story helps you tell the two apart.
It also makes you more patient, since the people before us were no less clever.
Each generation kept a part, changed a part and forgot a part.
What looks obvious now once took [somebody years|a great deal of work] to see.
The story is not finished either, and that is [good|encouraging] news.

# Where you meet it | All around you
> Once you know the signs, you see it everywhere.
> Where do you come across it in ordinary life?
Look around at home, at work and on the way between the two.
You will find small traces of it in places you pass every day.
Sometimes it is right in front of you, under a different name.
Sometimes you only notice it when it is missing.
Make a game of it for one day and write down each time you notice something connected with {t}.
Three or four finds are enough to change how you see it.
Children are [often better|remarkably good] at this, because they have not learned what to ignore.
Real surroundings are messy, and that is their advantage: they show what books leave out.
The more ordinary the place, the better the lesson.

# One clear example | An example helps
> Let's make it concrete.
> One good example is worth ten careful explanations.
Take an example of your own and describe it in three sentences.
Keep what would be the same in any other example, and put the rest aside.
What is left is close to the heart of the matter.
Then look for a second example that seems quite different.
Whatever the two have in common is hardly an accident.
An odd example teaches more than a typical one, because it shows where the rules end.
Tell yours to somebody who has never heard of {t}, and watch where they frown.
That is the place where [a detail is missing|one more detail is needed].
A good example is short, true and easy to picture.
It stays in mind long after the explanation is forgotten.

# Common myths | What people get wrong
> Myths travel faster than facts.
> Plenty of things are said about {t}, and not all of them are true.
One myth says that you need special talent for it.
& What you need is patience, and perhaps a better starting point.
Another myth says that there is only one right way.
& In truth there are several, and each of them fits a different situation.
A third one claims that everything important has been known for ages.
& New answers keep appearing, mostly where somebody doubted an old one.
Myths survive because they are short and easy to repeat.
The truth usually needs one more sentence, so give it that sentence.
When you hear a bold claim, ask quietly how anyone would know.
That single question [ends|settles] most myths without an argument.

# People who make a difference | The people behind it
> Behind every topic, there are people.
> Who are the people you should know about?
There are those who discover, those who build and those who keep things running.
There are also the ones who explain, and we owe them more than we say.
Each group sees a different side of the same thing.
If you want the full view, listen to at least two of them.
Pay attention to what they agree on without noticing.
Pay even more attention to what they disagree on politely.
People who know a lot about {t} are usually glad to be asked.
A short, honest question [opens|will open] more doors than a clever one.

# What beginners notice first | Fresh eyes
> Beginners see things that experts forget.
> There is something precious about a first look.
You notice what is odd, because you have not grown used to it yet.
Write those oddities down before they fade.
Half of them will have a dull explanation, and that is fine.
& The other half lead straight to the heart of the matter.
Experts tend to skip the steps that they no longer see.
So if an explanation jumps, it may be the explanation and not you.
Say politely that you got lost, and say where.
Everybody else in the room will [thank you|be grateful].
Later, when you feel at home with {t}, read your first notes again.
They will show you how far you have come.

# A comparison that helps | Like something you know
> Here is a comparison that may help.
> New ideas stick best when they lean on old ones.
What seems confusing about {t} is like a busy kitchen: chaos to a visitor, order to the cooks.
Everyone there has a task, and everyone knows it by heart.
Learn the rhythm first, and the single moves begin to make sense.
Of course, no comparison is perfect.
& Ask where this one breaks, because that is where the new idea starts.
You may find a better picture from your own work or hobby.
If you do, keep yours; a picture you made yourself [stays longer|is harder to forget].
`;
