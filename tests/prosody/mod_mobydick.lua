-- The vendor's command API for Prosody 0.12, as far as the tests need it, and a port over which a test tells
-- it what to do: one JSON object per line, answered by one.
--
-- Options: mobydick_users (JSON: name, spelling, password, full_name, extension, device) and
-- mobydick_control_port.

local array = require "util.array";
local json = require "util.json";
local jid = require "util.jid";
local server = require "net.server";
local st = require "util.stanza";
local usermanager = require "core.usermanager";
local parse = require "util.xml".parse;

local NS = "http://www.pascom.net/mobydick";
local HOST = module.host;
local PBX = "pbx." .. HOST;

-- Events of a burst that are on their way to one client, before it waits for the client to take them.
local BURST_SLICE = 500;

local users = {}; -- by the name as XMPP compares it
local phones = {}; -- user -> "free", "inCall" or "absent"
local journals = {}; -- user -> list of entries, each by the names of its children
local heard = {}; -- every command: user, name, target, channel
local mute = {}; -- names of commands that get no answer
local channels = {}; -- channel -> fields of its last event
local last_channel = 0;

for _, user in ipairs(json.decode(module:get_option_string("mobydick_users"))) do
	users[user.name] = user;
	phones[user.name] = "free";
	assert(usermanager.create_user(user.name, user.password, HOST));
end

local function sessions_of(name)
	local account = prosody.hosts[HOST].sessions[name];
	return account and account.sessions or {};
end

local function wrapped(stanza, of)
	return stanza:tag("cmd", { xmlns = NS, module = of });
end

-- Events

local function channel_event(fields)
	local event = st.stanza("ChannelEvent");
	for name, value in pairs(fields) do event:text_tag(name, value); end
	return event;
end

local function tell(name, fields)
	channels[fields.eventId] = fields.eventType ~= "hangup" and fields or nil;
	for resource in pairs(sessions_of(name)) do
		local message = st.message({ from = PBX, to = jid.join(name, HOST, resource) });
		module:send(wrapped(message, "base"):add_child(channel_event(fields)));
	end
end

-- The phone's presence, as the server makes it: free, busy with a call, or not registered.
local function phone_presence(name, to)
	local state = phones[name];
	local presence = st.presence({
		from = jid.join(name, HOST, "phone"), to = to, type = state == "absent" and "unavailable" or nil,
	});
	if state == "inCall" then presence:text_tag("show", "dnd"); end
	return presence;
end

module:hook("presence/initial", function(event)
	event.origin.send(phone_presence(event.origin.username, event.origin.full_jid));
end);

-- Commands

local function success(reply)
	return wrapped(reply, "base"):tag("Success"):text_tag("message", "ok");
end

local function failure(reply, why)
	return wrapped(reply, "base"):tag("Failure"):text_tag("message", why);
end

local function user_info(reply, user)
	local info = wrapped(reply, "xmppuser"):tag("UserInfo", { name = user.spelling });
	info:tag("Identity"):text_tag("db_003use_name", user.spelling):text_tag("db_003use_bez", user.full_name)
		:text_tag("db_009ext_extension", user.extension):up();
	info:tag("RoleList"):tag("Role", { name = "user" }):tag("RoletypeList")
		:tag("Roletype", { name = "xmpp.user" }):up():up():up():up();
	info:tag("LocationList"):tag("Location", { name = user.device, isstatic = "true", username = user.spelling })
		:tag("DeviceEntry"):tag("Phonedevice", { name = user.device, type = "sip" }):tag("capabilities")
		:tag("dial"):up():tag("hangup"):up():tag("offhook"):up():tag("hold"):up():up():up():up():up():up();
	return info;
end

local commands = {};

function commands.ClientInfo(reply, user, element)
	local info = user_info(reply, user):tag("SubscriptionList");
	local wanted = element:get_child("AddSubscription");
	for subscription in (wanted or element):childtags("Subscription") do
		info:tag("Subscription", subscription.attr):up();
	end
	return info;
end

function commands.FindUserInfo(reply, user, element)
	local name = jid.node(element.attr.jid or "") or element.attr.jid or "";
	if name ~= "" and name ~= user.name then return failure(reply, "no right to see " .. name); end
	return user_info(reply, user);
end

function commands.AddSubscription(reply, _, element)
	local list = wrapped(reply, "event"):tag("SubscriptionList");
	for subscription in element:childtags("Subscription") do
		list:tag("Subscription", subscription.attr):up();
	end
	return list;
end

function commands.Dial(reply, user, element)
	last_channel = last_channel + 1;
	local fields = {
		eventType = "ringing", eventId = ("SIP/%s-%08x"):format(user.name, last_channel), outbound = "true",
		sourceNumber = user.extension, sourceName = user.full_name, targetNumber = element.attr.target,
		device = user.device,
	};
	module:add_timer(0, function() tell(user.name, fields); end);
	return success(reply);
end

function commands.Hangup(reply, user, element)
	local fields = channels[element.attr.channel or ""];
	if not fields then return failure(reply, "no such channel"); end
	module:add_timer(0, function()
		local gone = {};
		for name, value in pairs(fields) do gone[name] = value; end
		gone.eventType = "hangup";
		tell(user.name, gone);
	end);
	return success(reply);
end

function commands.FindOwn(reply, user)
	local list = wrapped(reply, "journal"):tag("JournalList");
	for _, entry in ipairs(journals[user.name] or {}) do
		list:tag("JournalEntry", { eventId = entry.id, eventType = "create", userName = user.spelling });
		for name, value in pairs(entry) do list:text_tag(name, value); end
		list:up();
	end
	return list;
end

module:hook("iq-get/self/" .. NS .. ":cmd", function(event)
	local origin, stanza = event.origin, event.stanza;
	local element = stanza:get_child("cmd", NS).tags[1];
	local user = users[origin.username];
	if not element or not user then
		origin.send(st.error_reply(stanza, "modify", "bad-request"));
		return true;
	end
	table.insert(heard, {
		user = user.name, name = element.name, target = element.attr.target, channel = element.attr.channel,
	});
	if mute[element.name] then return true; end
	local command = commands[element.name];
	if command then origin.send(command(st.reply(stanza), user, element));
	else origin.send(failure(st.reply(stanza), "unknown command " .. element.name)); end
	return true;
end, 10);

-- What a test asks for

local bursts = {}; -- session -> what is left of its burst

local PLACE = "NUMBER";

local function burst_message(session)
	local user = users[session.username];
	return wrapped(st.message({ from = PBX, to = session.full_jid }), "base"):add_child(channel_event({
		eventType = "ringing", eventId = "SIP/burst-" .. PLACE, outbound = "false", internal = "false",
		sourceName = "Käthe Müller", sourceNumber = "0991234567", targetNumber = user.extension,
		targetName = user.full_name, device = user.device, busySince = "0", refChannel = "",
	}));
end

local function push_burst(session)
	local burst = bursts[session];
	if not burst then return; end
	local last = math.min(burst.next + BURST_SLICE - 1, burst.count);
	for number = burst.next, last do
		local text = burst.text:gsub(PLACE, ("%08d"):format(number));
		-- Stream management counts stanzas, and a text is none; a text costs Prosody a tenth.
		session.send(session.smacks and parse(text) or text);
	end
	burst.next = last + 1;
	if last == burst.count then bursts[session] = nil; end
end

-- The next part goes out when the connection has taken the last one: a server's memory is not tested here.
module:hook("c2s-ondrain", function(event) push_burst(event.session); end);

local orders = {};

function orders.hello() return {}; end

function orders.heard() return { heard = array(heard) }; end

function orders.mute(order) mute[order.command] = order.on; return {}; end

function orders.journal(order) journals[order.user] = order.entries; return {}; end

function orders.event(order)
	if order.after then module:add_timer(order.after, function() tell(order.user, order.fields); end);
	else tell(order.user, order.fields); end
	return {};
end

function orders.phone(order)
	phones[order.user] = order.state;
	for _, session in pairs(sessions_of(order.user)) do
		session.send(phone_presence(order.user, session.full_jid));
	end
	return {};
end

function orders.sessions()
	local list = array {};
	for name in pairs(users) do
		for resource, session in pairs(sessions_of(name)) do
			table.insert(list, {
				user = name, resource = resource, secure = session.secure == true,
				asleep = session.hibernating ~= nil, resumed = session.resumption_counter or 0,
			});
		end
	end
	return { sessions = list };
end

-- Bytes as they are, past everything that makes Prosody write XML.
function orders.raw(order)
	local bytes = (order.before or "") .. order.text:rep(order.times or 1) .. (order.after or "");
	for _, session in pairs(sessions_of(order.user)) do session.conn:write(bytes); end
	return {};
end

function orders.burst(order)
	for _, session in pairs(sessions_of(order.user)) do
		bursts[session] = { next = 1, count = order.count, text = tostring(burst_message(session)) };
		push_burst(session);
	end
	return {};
end

function orders.forget_sleepers()
	for name in pairs(users) do
		for _, session in pairs(sessions_of(name)) do
			if session.hibernating then session:close(); end
		end
	end
	return {};
end

local unread = {};
local control = {
	onconnect = function(conn) unread[conn] = ""; end,
	ondisconnect = function(conn) unread[conn] = nil; end,
	onincoming = function(conn, data)
		unread[conn] = unread[conn] .. data;
		local line, rest = unread[conn]:match("^([^\n]*)\n(.*)$");
		if not line then return; end
		unread[conn] = rest;
		local order = json.decode(line);
		local ok, answer = pcall(orders[order["do"]], order);
		conn:write(json.encode(ok and answer or { error = tostring(answer) }) .. "\n");
	end,
};

local port = module:get_option_number("mobydick_control_port");
local listening = assert(server.listen("127.0.0.1", port, control));

function module.unload() listening:close(); end
