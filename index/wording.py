"""The words of page furniture, as data: one regular expression a line, a long one going on in indented lines.

Each is matched, whatever its capitals, against a whole line of a page in which white space was made single spaces
and curly quotation marks straight. ``@P`` stands for the name of a platform, ``@D`` for what pages ask consent for,
``@C`` for a mark and the headline behind it. What a reporter could write stays out: a lost body sentence costs more
than a kept button. So a pattern ends openly (``.*``) only behind words after which no news goes on; what it takes
all the same, ``index.reporting`` gives back where it reads as news.
"""

PLATFORMS = (
    "facebook|twitter|x|google(?: ?plus| ?\\+| news)|whatsapp|telegram|linkedin|reddit|pinterest|instagram|youtube"
    "|tiktok|flipboard|rss(?: feeds?)?|threads|bluesky|mastodon|snapchat"
)

CONSENT = r"\b(?:data|cookies?|devices?|consent|privacy|personali[sz]ed|advertis\w+|ads|identifiers|geolocation)\b"

# A sentence of the news may follow its own colon, but then it goes on in small letters: "More: the play opens Friday."
HEADLINE = r"(?:[»›>→|]|:(?!//)(?! ?(?-i:[a-z]).*[.!]$)).*"

# Buttons and labels. Counters and marks at their ends are allowed.
BUTTONS = r"""
skip to .{1,30}|skip (?:navigation|ad(?:vertisement)?|menu|content|links)|jump to (?:content|navigation|comments)
(?:main |site |toggle |open |close |mobile )*(?:menu|navigation|sidebar|search)
(?:search|clear|menu|close|share|play|user|print) icon|search (?:this site|the site|here|for|query|results|form)
enter (?:your )?(?:search (?:term|query)|keywords?)
(?:log|sign)[ -]?(?:in|out|up|on)(?: or (?:register|subscribe|sign up|create an account))?|my account
create (?:an |a free )?account|subscribe(?: (?:now|today|here|for \S+|to (?:read|continue|unlock)(?: .{1,30})?))?
subscribers?(?: only| exclusive)?|register(?: now| for free)?|donate(?: now)?|support us|home(?:page)?
back(?: to (?:top|home(?:page)?|news|search|results|main|article|index|the top|menu))?
(?:next|prev(?:ious)?)(?: (?:article|story|page|post|slide|image|photo|up))?|next up|up next
scroll (?:down|up|to (?:continue|top))|top of page
(?:share|save|print|e-?mail|tweet|pin|post|bookmark|comment|like|follow|listen|gift|copy|reply|report|flag|retweet
    |reddit|send|hide)
(?:share|save|print|e-?mail|tweet|bookmark|gift|download|copy|rate|like|unlock|listen to|read) (?:this|the|full|entire
    |original|whole)(?: full)?(?: (?:article|story|page|post|item|link|video|interview|episode|podcast
    |gallery))(?: (?:with|on|via|to|by|for|now|free|online|here|as|[·|(-]) ?.{0,40})?
(?:share|tweet|email|print) this|share full article|(?:copy|get) (?:the )?link|link copied(?: to clipboard)?|copied
gift (?:link|article)|embed(?: code)?|(?:share|save) (?:article|story|for later|options)
(?:share|tweet|post|pin|send|follow|find|like|join|save|open|connect|print)(?: us| this| it| this (?:story|article
    |page))?(?: (?:on|to|via|with|in|through|by))? (?:@P|e-?mail|messenger|pocket|tumblr|sms|viber|line|friends?
    |a friend|social media)(?: (?:page|channel|\(opens .{1,30}\)))?
(?:@P)(?: (?:logo|icon|page|share))?|(?:share|save|tweet|print|email|comment){2,4}|sharing (?:options|buttons).{0,20}
more sharing|(?:audio|video|text|subscribers?|members|premium)[ -]only
live(?: (?:tv|now|updates?|blog|stream|radio|news))?|watch(?: (?:live|now|again|tv))?|play(?: (?:video|audio|all|now))?
videos?|audio|podcasts?|(?:photo|image|picture)s?(?: gallery)?|gallery|slideshow
(?:hide|toggle|show|view) (?:caption|gallery|image|photos?|transcript)|enlarge (?:this )?image
click to (?:enlarge|expand|play|view|share|copy)(?: .{1,20})?
(?:view|see) (?:all|more|gallery|image in fullscreen|full image|larger image)(?: .{1,30})?
(?:show|load|read|learn|discover|browse) (?:more|less|all|details)(?: (?:articles|stories|posts|comments|news|results
    |here))?
expand(?: all)?|collapse|close|open|more|less|keep reading|continue to (?:site|article|.{1,20} content)
continue(?: reading)?(?: (?:the|this|below|with|in|on)\b.{0,50})?
read (?:the )?(?:full|whole|entire|original|complete) (?:story|article|report|post|interview|text|version
    |coverage)(?: (?:here|on|at|in|by|from)\b.{0,40})?
(?:click|tap) here|(?:\d+ )?(?:reader )?comments?|no comments(?: yet)?
(?:post|leave|add|write|view|show|see|hide|load|sort) (?:a |your |the |all |\d+ |more |latest )*(?:comments?|repl(?:y
    |ies)|response)(?: (?:below|here|first))?
(?:join|view|start) (?:in )?(?:the )?(?:conversation|discussion|debate|comments)
be the first to (?:comment|reply|respond|like this|share).{0,30}|(?:oldest|newest) first|post with no comments
sort(?:ed)? by:? ?(?:newest|oldest|best|most .{1,15}|date|relevance|latest)?(?: first)?
comments? (?:section|policy|guidelines|rules)
(?:log|sign) in to (?:comment|reply|join|post|continue|read|save|view)(?: .{1,40})?|(?:like )?loading(?: \w+)?
please wait|advert(?:isement|ising|isements)?s?(?: ?[-–—:] .{0,60})?|ads?|ad feedback
(?:ad|sponsored|promoted|partner|paid)(?: (?:by .{1,30}|content|post|links?|message))?
(?:remove|hide|skip|report) (?:this )?ads?|(?:story|article|content|text|post) continues (?:below|after)(?: .{0,40})?
scroll to continue(?: .{1,40})?|(?:reading|read|listening) time:?.{0,20}|estimated read(?:ing)? time.{0,20}
\d+ ?[- ]?min(?:ute)?s?\.? (?:read|listen|watch|to read)
(?:a )?\d+ ?(?:hours?|hrs?|h|days?|d|min(?:ute)?s?|m|weeks?|months?|years?|shares?|views?|likes?|reads?|votes?
    |followers?|retweets?|replies|reactions?|points?)(?: ago)?
(?:an?|one) (?:hour|day|minute|week|month|year) ago
\d[\d.,]*[km]? (?:shares?|views?|likes?|comments?|reads?|followers?|retweets?|replies|subscribers)|(?:font|text) ?size
(?:increase|decrease|reset|change) (?:the )?(?:font|text) ?(?:size)?|(?:dark|light|night) mode
(?:select|choose|change) (?:your )?(?:language|edition|region|country|location)|translate
(?:accept|reject|allow|decline|refuse|manage)(?: (?:all|cookies|essential|necessary|only|optional|choices|preferences
    |options|settings|&|and|close|continue))*
i (?:accept|agree|understand)|got it
(?:your |manage |our )?(?:cookies?|privacy|consent|ad|data)(?: (?:and|&) (?:cookies?|privacy|data))? (?:policy|settings
    |notice|preferences|choices|statement|manager|options)
your (?:us state |california )?privacy (?:choices|rights|options)
do not sell(?: or share)? my (?:personal )?(?:info(?:rmation)?|data)|(?:ca|california) notice.{0,30}|adchoices
terms(?: (?:of|and|&) (?:use|service|sale|conditions?))?(?:,? (?:and|&|\|) .{1,30})?
accessibility(?: (?:statement|help|links?))?|site ?map|disclaimer
(?:ethics|editorial|corrections) (?:policy|guidelines|standards)|contact(?: us)?
about(?: us| the author| this (?:content|article|site))?|careers?|jobs?|work (?:for|with) us|advertise(?: with us)?
help(?: cent(?:er|re))?|faqs?|feedback|(?:send|give)(?: us)? (?:feedback|tips?|a tip)
report (?:a|an) (?:correction|typo|error|mistake)|newsletters?|notifications?|alerts|e-?paper
rights (?:and|&) permissions|(?:acquire )?licensing rights|.{1,60},? \(?opens (?:in )?(?:a )?new (?:tab|window)\)?
\d+:\d\d(?:(?: / | - ).{0,40})?|(?:order )?reprints(?: (?:and|&) permissions)?|today's paper
(?:get|download|open|install|try|use) (?:the|our) (?:\w+ ){0,3}app
(?:download|get it|available) (?:on|from) (?:the )?(?:app store|google play|play store|apple.{0,20})|app store
google play|(?:android|ios|mobile) app
follow(?: us| me| the author| topic| author|ing)?(?: (?:on|here|for more)(?::| .{0,30})?)?|follow .{1,30}(?: on)?:
unfollow|stay connected|connect with us|find us|get in touch|stay (?:informed|updated|up to date)
(?:image|photo|slide|page|picture|video|item) ?\d+ ?(?:of|/) ?\d+|\d+ (?:of|/) \d+|\d+ (?:photos|images|videos|slides)
tags?|tagged(?: (?:with|as|in))?|filed (?:under|to|in)|topics?(?: (?:covered|in this article|mentioned))?
(?:explore )?more on these topics|in this (?:article|story|section)|breaking(?: news)?
(?:top|breaking|latest|world|local|national|international|business|sports?|opinion|political|today's) ?(?:news|stories
    |headlines)
just in|developing(?: story)?|reuse this content
"""

# Lists and pleas with an open end. Only for lines that do not end as a sentence does.
OPEN_LABELS = r"""
(?:tags?|tagged(?: (?:with|as|in))?|filed (?:under|to|in)|topics?(?: covered)?|related topics?|categor(?:y|ies)
    |keywords?|in this (?:article|story)|more on|explore more|mentioned in this article)(?: ?:| ?[|»›>•]).{1,200}
posted in .{1,60}\|.{1,100}|(?:#\w+,? ?){2,}|(?:also|must|don't) (?:read|watch|see|miss|listen)\b.{0,3}[:|–—-].{1,200}
(?:click|tap) (?:here )?(?:to|for) .{1,80}|subscribe (?:to|for)\b.{0,80}
for more .{1,40}\b(?:click|subscribe|download)\b.{0,80}|(?:download|install) the .{0,40}\bapp\b.{0,40}
(?:this )?(?:story|content|article|post) (?:is )?(?:sponsored|provided|presented) by .{1,40}|source ?: ?\S+
"""

# Whole sentences that speak to the reader of a page.
SENTENCES = r"""
(?:please )?(?:click|tap) here\b(?! (?:is|was|were|had|would)\b).*
.{0,60}\ball rights reserved(?:$|[^\w ].*| (?:by|to) (?:[A-Z]\w+ ?){1,4}[.]?| this .*)
(?:copyright|\(c\)) ?(?:©|\(c\)|\d{4}).*
© ?(?:copyright\b|\(c\)|the |\d|(?-i:[A-Z])).*
copyright (?:by )?the [a-z ]{2,40}|(?:your|this) browser (?:does not|doesn't|is not|isn't)\b.*
(?:please )?(?:enable|turn on|allow) javascript\b(?! (?:is|was|were|has|had)\b).*
javascript (?:is|must be) (?:required|disabled|enabled|needed|turned)\b.*
(?:please )?(?:disable|turn off|pause|whitelist).{0,40}\bad ?-?blocker\b.*
(?:this|the) (?:video|content|audio|media|player|page) (?:can ?not|could not|can't) be (?:played|loaded|displayed
    |shown)\b.{0,80}
this (?:video|content|page) is (?:not|no longer) available(?: (?:here|in your .{1,30}|on your .{1,30}
    |due to .{1,40}))?[.!]?
(?:sorry, )?(?:an error (?:has )?occurred|something went wrong)(?: (?:while|when|with your|on our)\b.{1,40})?
    (?:$|[.,!:;-].{0,60})
to (?:play|view|watch|see) this (?:video|content)(?:$|(?=.*\b(?:please|your?|enable|accept|click|subscribe|sign
    |log)\b).{0,100})
(?:allow|accept) .{1,30} (?:content|cookies)\?|this article contains content provided by\b.*
warning: (?:third[- ]party|.{1,20} content may (?:contain|include|load|use|set|track|carry))\b.*
this (?:material|story|article|content|report|copy) (?:may|must) not be (?:published|reproduced|republished|copied
    |redistributed|broadcast)(?:$|[.,].*| (?:or|and|without|in any|in whole|by any)\b.*)
(?:no part of this|reproduction (?:of|in whole))\b.{0,120}\b(?:permission|prohibited|reproduced)\b.*
\(?(?:this|the|with|except|disclaimer)\b.{0,160}\b(?:syndicated feed|agency feed|auto-?generated|agency inputs
    |inputs from (?:agencies|pti|ani|ians|afp)|not been edited by .{1,40} staff)\b.{0,120}
(?:the )?(?:views|opinions) expressed\b.{0,100}\b(?:are (?:those|personal|the author|solely)
    |do not (?:necessarily |always )?(?:reflect|represent|constitute))\b.{0,120}
(?:the )?bbc is not responsible for the content of external sites\b.*|read about our approach to external linking\.?
our standards: .{1,60}|.{0,30}\btrust principles\.?
we (?:may|might|can) (?:earn|receive|make|get) (?:a |an )?(?:\w+ )?commission\b.*
(?:if|when) you (?:buy|purchase|click)\b.{0,100}\b(?:(?:earn|receive|get|make) (?:\S+ ){0,3}commissions?|affiliate)\b.*
this (?:article|story|post|page) (?:may )?(?:contains?|includes?) affiliate links\b.*
(?:this|the full|these) (?:article|story|content|page|video|post|feature|piece|stories|articles) (?:is
    |are) (?:only )?(?:for|available (?:only )?(?:to|for)|exclusive(?:ly)? (?:to|for)
    |reserved for)(?: [A-Z\w]+){0,3} (?:subscribers|members)\b.{0,100}
exclusive(?:ly)? (?:to|for) (?:our )?subscribers\b.{0,40}
you(?:'ve| have) (?:reached|read|used|hit|exceeded|run out of)\b.{0,60}\b(?:articles?|stories|limit)\b.{0,120}
you have (?:\d+|one|two|no|three) (?:more )?(?:free articles?|free stories|(?:articles?|stories) (?:left
    |remaining))\b.{0,60}
(?:already|not(?: yet)?|are you|not already) an? (?:\w+ )?(?:subscriber|member|user)\?.{0,80}
already a (?:\w+ )?subscriber (?:log|sign)\b.{0,40}|(?:already|don't) have an account\b.{0,60}
already (?:subscribed|registered)\?.{0,60}
(?:subscribe|upgrade|log in|sign in) (?:now |here |today |free )?to (?:continue|keep|read|unlock|access|get|view|see
    |listen|enjoy|receive|support|save|join|our|the (?:newsletter|channel|podcast|(?-i:[A-Z])\w+)|your|comment|post
    |leave)\b.{0,140}
(?:register|sign up) (?:now |here |today |free )*to (?:continue|keep reading|read|unlock|comment|our)\b.{0,140}
(?:to|want to|keep|continue) (?:continue |keep )?(?:reading|read|unlock)\b.{0,60}\b(?:subscribe|register|log in
    |sign (?:in|up)|subscription|subscriber)\b.{0,100}
(?:get|unlock|enjoy) (?:unlimited|instant|complete|full digital|digital) (?:digital )?access\b.{0,120}
(?:start|try|begin|get) (?:your|a|our) (?:free|\$?\d+|\d+[- ]\w+) ?(?:\w+ )?(?:trial|subscription)\b.{0,100}
cancel (?:any ?time|at any time|whenever)(?:$|[.,;!].{0,60}| (?:before|in your|from your|you|via|online|with)\b.{0,60})
.{1,40} - back to home(?:page)?
this (?:article|story) is more than \S+ (?:months?|years?) old|share or comment on this\b.*
(?:new ?)?you can now listen to (?:our|this|the (?:article|story|podcast)|articles|stories|\S+ (?:articles
    |stories))\b.{0,60}|\d+ (?:thoughts?|responses?|comments?|replies) (?:on|to) [\"'].*
save my name, e-?mail\b.*\b(?:browser|website|comment)\b.*
powered by wordpress|register (?:now )?for (?:free )?(?:unlimited|access)\b.{0,60}
stay (?:informed|updated|tuned|connected|up to date)\b.{0,250}
a version of this (?:article|story) (?:appears|appeared)\b.*
(?:subscribe|subscriptions?) (?:from|for|now for|starts? at|as low as) (?:just |only |as little as )?[$£€₹]?\d.{0,80}
(?:this is )?(?:a )?subscriber-only (?:content|story|article)\b.{0,40}
(?:sign up|subscribe|register)\b.{0,100}\b(?:newsletters?|inbox|news alerts|e-?mail (?:alerts|updates)|daily briefing
    |morning briefing|podcast|(?:youtube|telegram|whatsapp) channel)\b.*
(?:sign up|subscribe)(?: now| today| here)? (?:for|to) .{1,80}\b(?:letter|digest|briefing|bulletin|roundup
    |magazine)s?(?:$|[.,!:;-].*| (?:and|to|from|for|here|today|now|by|with|in your|delivered)\b.*)
(?:you can )?(?:sign up|register) (?:here|now|below)\b[.!]?(?: it'?s free.{0,20})?
would you like to (?:receive|get)\b.{0,60}\b(?:newsletters?|e-?mails?|alerts)\b.*
(?:for|to get|get) unlimited access\b.{0,160}\b(?:subscribe|account)\b.*
if you (?:wish|want|would like) to (?:object|opt out|unsubscribe)\b.*|subscribe (?:here|now|today|free|below)\b.{0,40}
(?:subscribe|sign up) (?:to|for) our\b.{0,100}
support journalism(?:$|[.,!:;–-].{0,80}| (?:like this|that|you|by|and|with)\b.{0,80})
to support (?:his|her|their|our) work, (?:please|you can|visit|go to|click|subscribe|donate|become|consider|join
    |see)\b.{0,60}
(?:get|receive|have|want)\b.{0,100}\b(?:newsletter|(?:to|in) your (?:inbox|phone|e-?mail)|e-?mail alerts
    |breaking news alerts|push notifications)\b.*
(?:get|catch|read|follow|stay|keep|check)\b.{0,20}\b(?:latest|live|breaking|top|up[ -]to[ -]date
    |updated)\b.{0,120}\b(?:here|newsletter|download|on (?:our|the) (?:[\w']+ ){0,3}(?:app|channel|page|website
    |site))\b.{0,120}
(?:get|catch|read|check|follow)(?: all| out)?(?: the)? (?:latest|breaking|top|live) (?:[\w']+ ){0,3}(?:news|updates?
    |headlines|stories|coverage)\b.{0,160}
catch all the\b.{0,80}\b(?:news|updates?|events?|action|highlights|scores|headlines)\b.{0,160}
(?:get|read|find) (?:more|all)(?: of)?(?: the| our)? (?:[\w']+ ){0,3}(?:news|stories|coverage|headlines
    |updates)\b.{0,120}
(?:download|get|install) (?:the |our )(?:free )?(?:[\w']+ ){0,4}app\b.{0,120}
(?:you can )?(?:unsubscribe|opt[- ]out) (?:at any time|anytime|any time)\b.*
please (?:check|confirm) your (?:e-?mail|inbox)\b.*|(?:please )?enter (?:a valid|your) e-?mail\b.*
thank(?:s| you) for (?:subscribing|signing up|registering|your (?:subscription|submission|feedback)|reading
    |visiting)(?:$|[.,!].{0,40}| (?:us|to|our|this|the (?:site|website)|and|with)\b.{0,40})
you(?:'re| are) (?:now )?(?:all set|subscribed|signed (?:up|in)|logged in)\b.{0,60}
your e-?mail address will not be published\b.*|required fields are marked\b.*
was this (?:article|story|page|content) (?:helpful|useful|interesting)\?.*
(?:what did|what do|how did) you (?:think|like)\b.{0,30}\b(?:story|article|page|comments?|below|feature)\b.{0,60}
(?:tell us|let us know)\b.{0,60}\b(?:comments?|below|e-?mail)\b.{0,40}
follow (?:us|me|him|her|them|the conversation)\b.{0,100}\b(?:on|at|via):? ?(?:our \w|(?:the )?(?:(?:@P)\b|social|@)
    |\S+\.(?:com|org|net)\b).*
(?:like|join|find) us on:? (?:(?:@P)|social|our|the app)\b.*
(?:follow|join)\b.{1,70}\bon:? ?(?:@P|social media)\b.{0,120}|like (?:us|our page|@?(?-i:[A-Z]).{1,40}) on facebook[.!]?
follow (?:live updates|along)\b.{0,80}|on (?:twitter|x|facebook|instagram): ?@.*|more from .{1,30} on (?:@P)\b.{0,60}
(?:have|got|do you have) a (?:news )?(?:tip|story)\b.{0,120}(?:\?.*|@.*)
(?:support|donate to|help fund) (?:our|independent|quality|local) (?:journalism|reporting|newsroom|work
    |mission)\b.{0,160}
if you (?:like|enjoyed|value)\b.{0,80}\b(?:donat\w+|subscrib\w+|sharing it|sign(?:ing)? up)\b.*
.{0,60}\b(?:can be reached|reach (?:me|him|her|them|out|the (?:reporter|writer|author)))\b.{0,20}\b(?:at|on|by
    |via)\b.*[@\d].*
(?:follow|reach|contact|e-?mail|message|tweet|tip|write to|connect with|shoot|find|you can (?:reach|follow|find|contact
    |e-?mail))(?:\b|(?=[A-Z]))(?=:| ?@| ?(?-i:[A-Z\d])| (?:us|me|him|her|them|the|our|at|on|via|to|out|story|news|tips?
    |questions|comments|staff|(?:\w+ )?(?:reporter|columnist|editor|writer))\b).{0,120}@.*
(?:comments?|commenting)(?: (?:on|for) this (?:article|story|post))? (?:are|is|have been
    |has been) (?:now |currently )?(?:closed|disabled|off|turned off|moderated
    |not available)(?:$|[.,!;].{0,40}| (?:for|on) this\b.{0,30}| at this time.?)
(?:please )?(?:keep|read) (?:your |our |all )?(?:community )?(?:comments?|commenting|guidelines)\b.{0,100}\b(?:relevant
    |respectful|civil|polite|guidelines|policy|rules)\b.{0,60}
you (?:must|need to|have to) (?:be (?:logged|signed|registered)|log in|sign in)(?:$|[.,!].{0,80}| (?:or|to|with
    |before|first)\b.{0,80})
(?:all )?comments (?:are|will be) (?:subject to|moderated|reviewed)\b.{0,80}
share your (?:thoughts|views|opinions?|comments?)(?:$|[.,!:;-].{0,60}| (?:in|below|on|about|here|via|by|with us
    |and)\b.{0,60})
do you (?:agree|have an opinion)\b.{0,60}\b(?:comments?|below)\b.*
(?:read|see|view|check out|watch|find|follow) (?:it|the|full|live|more|our|all|video|highlights|a|this|how|what|why|his
    |her|their|on|along)\b.{0,90}(?<! is)(?<! are)(?<! was)(?<! be) (?:here|below)[.!:]?
(?:read|see|learn|find out) more(?: (?:about|on|at|from|in)\b.{0,100})?[.!:]?
(?:read|see) the (?:full|original|complete|entire) (?:article|story|report|post|interview|explainer|version
    |list)\b.{0,80}
for (?:more|additional|further) (?:info\w*|details|on|news|about|coverage|stories)\b.{0,80}\b(?:click|download
    |subscribe|sign up|visit our|follow)\b.{0,100}
this (?:article|story|piece|post) (?:originally|first|was (?:originally|first)) (?:appeared|published
    |ran)\b(?! in (?:the )?\d{4}).{0,120}
"""

# Notices that may run on for a paragraph: consent to cookies and to the processing of data.
NOTICES = r"""
(?:we|this (?:web ?)?(?:site|page)|our (?:site|website|partners)|[\w.]{2,30}\.(?:com|org|net|co\.uk))(?:,? (?:and
    |&) (?:our|its|selected|third)(?: \S+){0,3})?,? (?:may |also )?uses? (?:\S+ ){0,2}(?:cookies|technolog(?:y
    |ies) (?:such as|like) cookies)(?:$|[.,:;!].*| (?:and|to|on|for|that|in|from|which|or|so)\b.*)
we (?:and|&) our (?:\d[\d.,]* )?(?:\w+ )?partners\b.{0,200}@D.*
with your (?:agreement|consent|permission), we\b.{0,200}@D.*
we(?:'d| would)? (?:value|care about|respect|take) your privacy\b.*
we(?:'ve| have) updated our (?:privacy|terms|cookie)\b.*|we need your (?:consent|permission)\b.*
we'd like (?:you )?to (?:use|set|accept)\b.{0,80}\bcookies\b.*
(?:these |some |essential |necessary |functional |analytics? )?cookies (?:help|allow|are (?:used|necessary|small
    |essential))\b.{0,40}\b(?:us|you|website|site|function|browser)\b.*
by (?:using|continuing|signing|subscribing|clicking|submitting|entering|registering|browsing|visiting|accessing
    |providing|choosing|closing)\b.{0,160}\b(?:you|i) (?:also |hereby )?(?:agree|accept|consent|acknowledge|confirm
    |are agreeing)\b.*
you (?:can|may) (?:change|manage|withdraw|update|adjust)\b.{0,60}\b(?:preferences|settings|consent|cookies)\b.*
you agree to (?:the|our|receive)\b.{0,80}\b(?:processing|terms|privacy|policy|e-?mails?|marketing)\b.*
this site is protected by recaptcha\b.*
(?:for|to find out|read|see) (?:more|further)?\b.{0,40}\b(?:our|the) (?:privacy|cookies?) (?:policy|notice
    |statement)\b.*
(?:the )?(?:privacy policy|terms of (?:use|service))(?:,? (?:and|&|\|) .{1,40})? appl(?:y|ies)\.?
if you are (?:happy|ok|okay) with (?:all |this|that|cookies)\b.{0,80}\b(?:accept|cookies|continue|click)\b.*
(?:please )?choose (?:your )?(?:cookie|privacy|consent)\b.*
"""

# A link to another story: a cue, a mark, and its headline.
LINKS = r"""
(?:also |must |recommended |further )?(?:read|see|view)(?: (?:more|also|next|now|this|too|in full|all))?(?: on .{1,30}
    | about .{1,30})? ?@C
also (?:read|see|watch|on .{1,30})\b ?[-–—:|].*|(?:read|see) also\b.{0,120}
(?:related|more|up next|don't miss|must[- ](?:read|see|watch)|editors?'?s? (?:picks?|choice)|recommended|trending
    |from the archives?|more (?:on|from|about) .{1,40}|related \w+|top stories|sign up|subscribe|newsletter|podcast
    |our fact-check sources|(?:just )?for subscribers) ?@C
"""

# Cues that a headline may bear too: a link only below the headline of the page itself.
CUED_HEADLINES = r"""
(?:watch|listen|hear|video|audio|photos|gallery|in (?:pictures|photos|pics|video)|watch (?:live|now|this|the video)
    |live(?: updates?| blog)?|latest|just in|explained|explainer|interactive|graphics?|exclusive|opinion|analysis
    |fact[- ]check|how to watch|take (?:the|our) (?:quiz|poll|survey)) ?[:»›|].*
"""

# What stands above a list of links to other stories. Only for lines that do not end as a sentence does.
BLOCKS = r"""
related(?: (?:content|articles?|stories|news|posts?|topics?|links?|coverage|reading|videos?|story|tags|items|searches
    |to this (?:story|article)|internet links))?
recommended(?: (?:videos?|for you|stories|articles?|reading|reads|content|links|by .{1,30}|from .{1,30}))?
suggested (?:articles|stories|reading|for you|topics)|we recommend|you may like|(?:more )?for you
(?:picked|just) for you
(?:most|top|trending) (?:read|popular|viewed|shared|commented|watched|discussed|emailed|recent|clicked|liked|stories
    |headlines|news|videos?|articles|posts)(?: (?:today|now|this (?:week|month)|in .{1,20}|on .{1,20}|from .{1,20}
    |stories|articles|news|posts))?
must[- ](?:reads?|see|watch|watch videos?)
(?:trending|popular)(?: (?:now|today|stories|articles|news|posts|topics|searches|videos|in .{1,20}|on .{1,20}
    |this week))?
what's (?:trending|hot|new)|you (?:may|might) (?:also )?(?:like|be interested in|have missed|enjoy)
in case you missed it|people (?:are|also) (?:reading|read|viewed)|(?:other|more) readers (?:also )?(?:read|liked)
readers also (?:liked|read)
(?:more|read more|latest)(?: (?:news|stories|articles|headlines|coverage|videos|posts))? (?:on|from|in|about|by) .{1,50}
(?:more|read more|latest|top) (?:stories|news|headlines|articles|coverage|posts|videos?)(?: (?:to know now|like this
    |for you|from .{1,30}|about .{1,40}|on .{1,40}|in .{1,30}))?
(?:read|see|watch|listen) (?:also|next|more|now)
(?:also|further|more|additional|recommended|suggested|background|essential) read(?:ing|s)?
(?:also|elsewhere) (?:on|in|from) (?:the )?.{1,30}|editors?'?s? ?(?:picks?|choice|recommendations?)
what to (?:read|watch|listen to) next|(?:up|read|watch|story) next|next (?:stories|articles)|keep (?:reading|exploring)
(?:continue|keep) exploring|explore more
(?:other|more|latest|top|breaking|featured|recent|similar|popular|previous|today's|big|key) (?:stories|headlines
    |articles|news|videos?|posts|links|reads|coverage|top stories|picks)
in this section|don't miss|from (?:our|the) (?:network|partners?|archives?|sponsors?|blog|home ?page)
(?:from|around|across|elsewhere on) the (?:web|internet|bbc|network|site|globe|.{1,15} network)
(?:sponsored|promoted|partner|paid) (?:content|stories|links|posts|by .{1,20})|our (?:top )?picks|(?:dig|go) deeper
see also|shorts|web stories|photo ?galler(?:y|ies)|visual stories|more about this (?:author|writer)
(?:\d+ )?comments?(?: ?\(?\d+\)?)?
"""

# The words of menus: a line that holds nothing else is one.
MENU_WORDS = """
home news sport sports business world politics opinion opinions culture lifestyle life entertainment tech technology
science health travel weather video videos photos pictures live tv radio podcasts podcast audio food arts art books
music film movies money markets market economy finance local national nation international education environment
climate more about contact us uk usa subscribe login log sign in up register jobs obituaries classifieds crosswords
crossword games puzzles india asia africa europe australia america americas middle east latin canada china style
fashion cars auto autos magazine newsletters newsletter archive archives shop store search menu account profile
settings help faq advertise careers privacy terms cookies policy sitemap share tweet print email facebook twitter
whatsapp linkedin reddit pinterest instagram telegram youtube tiktok flipboard copy link save bookmark comment
comments listen read gift reply report follow football cricket tennis golf rugby cities city states state trending
latest top stories headlines features analysis editorial columns blogs blog letters cartoons elections election
showbiz celebrity celebrities royals horoscopes bollywood galleries gallery premium epaper events and &
"""
