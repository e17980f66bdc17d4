/** Material for the offline writer's videos that present something. Format: see facet.ts, order of facets: kinds-text.ts. */

export const DEMO_TEXT = `
# Introducing {t} | A quick demo | What to look for
> This demo is about {t}.
> Here is what to look for in a demo of {t}.
> Welcome to a short demo on the subject of {t}.
It was prepared for {audience}.
One goal guides everything: {goal}.
Watch for three things: how it begins, what happens in the middle and what you get.
+ The best judge of that is you.

# At first glance | The first impression
> The first impression counts.
> What do you notice first?
A good start explains itself without a manual.
Everything you need is in view, and everything else stays out of the way.
Ask yourself what you would do next, without being told.
+ If your guess is right, the design has done its job.
Small touches make the difference between usable and pleasant.

# In action | The main part
> Actions count more than words.
> The main part of any demo is the part where you see results.
Begin with a simple, everyday case.
One action should lead to one clear result, with no detour.
Next comes a case that is a little harder.
& Notice whether the way of working stays the same.
If something takes time, you should see how far it has got.
If something fails, you should be told why and what you can do.
That is what makes it something to rely on.

# What you get | The result
> What counts is what you get.
> In the end, it is the result that counts.
Judge it by what it does for you and not by how it was made.
Would it save you time on an ordinary Tuesday?
& If the answer is yes, it has earned its place.
If not, you now know precisely what to ask for.
Either way, you need not guess.

# Your turn | End of the demo
> Now try it yourself.
> That was the demo. Now it's your turn.
> This was our demo of {t}.
It had one goal in mind: {goal}.
The best next step is to try it with an example of your own.
+ Start with something real but small.
Tell us what you liked and what you missed.
Thank you for watching.
Enjoy!
{farewell}
`;

export const MARKETING_TEXT = `
# Introducing {t} | Good news | Imagine this
> It's time to talk about {t}.
> Imagine a better way to think about {t}.
> What if there were an easier way to deal with {t}?
This message is for {audience}.
Our aim is simple: {goal}.
You have probably been told many times that it has to be complicated.
& It does not have to be.
No big words, just the things that count for you.

# The problem | Sound familiar?
> You know the problem.
> Let's be honest about how things are today.
There is too much to do, and too little time to do it well.
Solutions promise a lot and then ask for even more attention.
You compare, you hesitate, and in the end nothing changes.
Meanwhile, the small annoyances add up.
That is not your fault; most offers were never made with your day in mind.
You deserve something that begins with your needs.

# What's in it for you | The benefits
> Here is what it brings you.
> When it comes to {t}, a few benefits stand out.
It saves time, because fewer detours mean shorter days.
It brings confidence, because you always know where you stand.
It brings joy, and nobody should be ashamed to put that on the list.
Add them up over a year, and you have something worth having.
You can start small and keep what works.
Nothing you already have goes to waste.

# Why trust it | Proof, not promises
> Do not take our word for it.
> Good promises can be checked.
Ask people who have tried it, and ask what annoyed them.
Look at what happens when something goes wrong.
Compare it with what you use today, point by point.
Read the small print, and expect it to be readable.
Something honest has no reason to hide its limits.
That is the standard you should hold us to when it comes to {t}.

# Get started | Your next step
> Get started today.
> See for yourself.
> There is more to discover about {t}.
Remember what it is all about: {goal}.
The first step is small and can be taken today.
Try it, keep what helps and tell us about the rest.
Waiting has never made a good idea better.
We look forward to meeting you.
See you soon.
{farewell}
`;

export const WELCOME_TEXT = `
# Welcome | Hello and welcome | A warm welcome
> Welcome to {t}!
> Hello, and welcome to {t}.
> A very warm welcome to {t}, and thank you for being here.
A special hello to {audience}.
We share one goal: {goal}.
We are glad that you have found your way to us.
Take your time, look around and ask whatever you like.
Sit back; there is nothing that you have to remember all at once.

# What to expect | Your first days
> Here is what to expect.
> The first days are for looking around.
Nobody expects you to know everything, and nobody ever will.
You will see many new faces and hear many new names.
& Ask for them again as often as you like.
Find the places you will need every day and ignore the rest for now.
There will be moments of confusion; they pass faster than you think.
After the first week, many things will already feel normal.

# How we work together | What matters to us
> A few things matter to us.
> Every place has its own way of doing things, and that is true of {t} as well.
We speak openly and listen before we answer.
We keep our promises, and we say early when we cannot.
Questions are welcome at any time, from anyone.
Mistakes are talked about once, calmly, and then we learn from them.
We take the work seriously and ourselves a little less so.
You can expect the same respect that you bring.

# Where to find help | You are not alone
> Help is never far away.
> Whenever you are unsure, there is somebody who can help.
Start with the person next to you; they were new once too.
For everything official, there is a place to look it up.
If something does not feel right, say so to somebody you trust.
No question is too small, and none is too late.
The sooner you ask, the easier it is to help.
And one day, somebody will ask you.

# See you soon | Good to have you here
> Good to have you here.
> Once again, welcome to {t}.
> We are looking forward to getting to know you.
Let's work on our goal together: {goal}.
Take things one day at a time.
Bring your ideas, since fresh eyes see what we overlook.
And if you only remember one thing, let it be this: you belong here.
Enjoy your start.
Welcome!
{farewell}
`;
