//! Accounts, registration, members, sessions, policy.

use domain::account::Gate;

use crate::lang::{Lang, Text, texts};

texts! {
    ACCOUNT_PAGE: "我的账号", "My account";
    PRESENT_PASSWORD: "当前密码", "Current password";
    NEW_PASSWORD: "新密码", "New password";
    REPEAT: "再输入一次", "Repeat the password";
    CHANGE_PASSWORD: "修改密码", "Change password";
    CHANGE_PASSWORD_HINT: "修改后，其他设备上的登录立即结束。", "Your other sessions end at once.";
    FIRST_PASSWORD: "请先修改密码", "Please choose your own password first";
    FIRST_PASSWORD_LEAD: "当前密码为管理员设置的初始密码，修改后即可使用。", "Somebody else set the present one. Once you have changed it, you can go on.";
    FACTOR: "两步验证", "Two-step verification";
    FACTOR_LEAD: "登录时除密码外，再输入手机验证器上的六位数字。", "Besides the password, a sign-in asks for six digits from an app on your phone.";
    FACTOR_ON: "已启用", "On";
    FACTOR_OFF: "未启用", "Off";
    FACTOR_NEEDED: "您的岗位必须启用两步验证。", "Your role requires two-step verification.";
    SET_UP: "启用两步验证", "Set up two-step verification";
    NO_OFFER: "暂时无法设置，请稍后刷新本页。", "This cannot be set up right now; please reload the page a little later.";
    SCAN: "用验证器（如微信小程序“腾讯身份验证器”、Microsoft Authenticator）扫描二维码。", "Scan this with an authenticator app.";
    OR_TYPE: "不能扫描时，手工输入密钥：", "Or type this key:";
    RECOVERY: "恢复码", "Recovery codes";
    RECOVERY_HINT: "请抄下或打印本页，妥善保管。手机不在身边时，每个恢复码可代替一次验证码；此后不再显示。", "Write these down or print this page. Each one stands in once for a code when you do not have your phone. They are not shown again.";
    CODE: "六位验证码", "Six-digit code";
    CODE_OR_RECOVERY: "六位验证码，或恢复码", "Six-digit code, or a recovery code";
    CONFIRM: "确认", "Confirm";
    CODE_TITLE: "请输入验证码", "Enter the code";
    CODE_LEAD: "密码正确。请输入验证器上的六位数字；手机不在身边时，输入一个恢复码。", "The password is right. Enter the six digits from your app, or a recovery code.";
    REPLACE_FACTOR: "更换手机或恢复码", "Change the phone or the recovery codes";
    REPLACE_FACTOR_HINT: "现有的两步验证随即停用，其他登录结束，您须马上重新设置。", "The present one stops at once, your other sessions end, and you set up another right away.";
    REMOVE_FACTOR: "停用两步验证", "Turn off two-step verification";
    REMOVE_FACTOR_HINT: "停用后，仅凭密码即可登录。", "From then on the password alone is enough.";
    SESSIONS: "登录设备", "Signed-in devices";
    THIS_SESSION: "本机", "this device";
    BEGAN: "登录时间", "Signed in";
    SEEN: "最近使用", "Last used";
    ADDRESS: "地址", "Address";
    DEVICE: "设备", "Device";
    END_SESSION: "结束", "End";
    MEMBERSHIPS: "我的身份", "My roles";
    ACT_AS: "切换到此身份", "Switch to this role";
    ACTING: "当前身份", "current";
    DEMO_NOTE: "演示环境不强制首次修改密码和两步验证，正式使用时必须。", "The demo does not enforce the first password change or two-step verification; real use does.";
    NO_MEMBERSHIP: "您的账号目前不属于任何单位或企业", "Your account does not belong to any body or enterprise";
    NO_MEMBERSHIP_LEAD: "如需继续使用，请联系系统管理员；企业人员请联系本企业管理员。", "Please ask the system administrator, or your enterprise's administrator.";
    DONE_PASSWORD: "密码已修改，其他设备上的登录已结束。", "The password is changed; your other sessions have ended.";
    DONE_FACTOR: "两步验证已启用。", "Two-step verification is on.";
    DONE_FACTOR_REMOVED: "两步验证已停用。", "Two-step verification is off.";
    DONE_JOINED: "已加入，可在下方切换身份。", "You have joined. Switch to the new role below.";

    ACCOUNTS: "账号管理", "Accounts";
    ACCOUNTS_LEAD: "工作人员的账号由您设立；企业账号由企业注册或受邀产生。账号管理看不到诉求内容。", "You create the accounts of staff. Enterprise accounts come from registrations and invitations. The contents of orders are not visible here.";
    FIND_ACCOUNT: "按账号、姓名、单位查找", "Search by account, name or body";
    FIND: "查找", "Find";
    NO_ACCOUNTS: "没有符合条件的账号。", "No account matches.";
    NAME: "账号", "Account";
    PERSON: "姓名", "Name";
    PHONE: "电话", "Telephone";
    STATE: "状态", "State";
    DISABLED: "已停用", "disabled";
    ALL: "全部", "All";
    ACTIVE: "正常", "active";
    NO_ROLE: "无岗位", "no role";
    MORE: "下一页", "Next";
    FIRST_PAGE: "回到第一页", "First page";
    ADD_ACCOUNT: "新设账号", "New account";
    ADD_ACCOUNT_HINT: "本人首次登录时须修改密码。请记下初始密码交给本人，设立后不再显示。", "They must change it at the first sign-in. Note the first password and pass it on; it is not shown again.";
    MANY_ACCOUNTS: "批量新设账号", "Many accounts at once";
    MANY_HINT: "从表格中复制，连同表头粘贴到这里。表头为：账号、姓名、电话、岗位、单位；账号和岗位两列必填，单位列填单位名称。一次最多 200 行，先核对再设立。", "Copy them from a spreadsheet with the headings: account, person, phone, role, body. Account and role are needed; a body goes by its name. At most 200 rows; they are checked first.";
    MANY_CHECK: "核对", "Check";
    MANY_MAKE: "设立全部账号", "Create all accounts";
    MANY_WILL: "初始密码只在本页显示，设立后不再显示，请先打印或抄录。本人首次登录时须修改密码。", "The first passwords are shown on this page only, and no more once the accounts are created: print or copy them first. Everybody changes theirs at the first sign-in.";
    NAME_HINT: "小写字母或数字开头，可含点、横线、下划线，2 至 40 位。", "2 to 40 lower-case letters, digits, dots, hyphens or underscores; begins with a letter or digit.";
    ROLE: "岗位", "Role";
    BODY: "单位", "Body";
    BODY_HINT: "经办人、负责人选部门，乡镇选乡镇（街道），推进中心人员选推进中心，其他岗位留空。", "A department for handlers and heads, a township for township staff, the Promotion Centre for its officers; leave empty for other roles.";
    FIRST_PASSWORD_FIELD: "初始密码", "First password";
    ADDED: "账号已设立，请把您记下的初始密码交给本人。", "The account has been created. Pass on the first password that you noted.";
    DONE: "已办理。", "Done.";
    RESET: "重置密码", "Reset password";
    RESET_DONE: "密码已重置，请把您记下的那一个交给本人。", "The password is reset. Pass on the one you noted.";
    RESET_ON_SERVER: "这是管理员账号：密码和两步验证只能在服务器上用 server user reset 重置。", "An administrator's account: its password and second factor are reset on the server only, by server user reset.";
    FACTOR_ON_SERVER: "该岗位必须启用两步验证：只能在服务器上用 server user reset 解除。", "This role must use two-step verification: it is removed on the server only, by server user reset.";
    CORRECT: "更正姓名、电话", "Correct name and telephone";
    CORRECT_HINT: "以前的办理记录保留当时的姓名。", "What was recorded before keeps the name of that time.";
    RESET_TO: "将重置为", "New first password";
    RESET_HINT: "其全部登录立即结束，下次登录时须修改密码。请先记下。", "All their sessions end now, and they must change it at the next sign-in. Note it first.";
    DISABLE: "停用账号", "Disable account";
    DISABLE_HINT: "停用后，其登录立即结束；可随时恢复。离任的，请先办理交接；若是单位唯一的账号，停用后轮到该单位的事项将无人办理。", "All their sessions end now. You can enable the account again at any time. If they are leaving, hand over first; where it is the only account of a body, nobody does its work any more.";
    ENABLE: "恢复账号", "Enable account";
    TAKE_FACTOR: "解除两步验证", "Remove two-step verification";
    TAKE_FACTOR_HINT: "用于手机和恢复码都丢失时；请先核实本人身份。", "For when both phone and recovery codes are lost. Verify the person first.";
    ADD_MEMBERSHIP: "增加身份", "Add a role";
    HAND_OVER: "离任交接", "Hand over";
    HAND_OVER_NOW: "交接并结束此身份", "Hand over and end this role";
    SUCCESSOR: "交接给", "Hand over to";
    NOBODY: "不指定个人", "Nobody in particular";
    NOBODY_HINT: "由本单位继续办理", "colleagues there carry on";
    WHO_LEAVES: "离任人", "Leaving";
    ROLE_ENDS: "结束的身份", "Role that ends";
    HAND_OVER_HINT: "此身份和相关登录立即结束，不能撤销；各诉求单的经过中会记下交接，并通知本单位或企业。", "The role and its sessions end now; this cannot be undone. Each order records the handover, and the body or enterprise is notified.";
    FOLLOWS: "离任人是企业管理员：接手的同事将成为企业管理员。", "They administer the enterprise: whoever takes over will.";
    OWN_ACCOUNT: "这是您自己的账号，请由另一位系统管理员办理。", "This is your own account. Another system administrator has to manage it.";
    MANAGES: "企业管理员", "enterprise administrator";

    BY_PROVIDER: "统一身份登录", "Sign in with the city account";
    NOT_LINKED: "统一身份尚未关联账号。请用账号密码登录一次，即自动关联。", "Your city account is not linked yet. Sign in once with your password and it will be.";
    PROVIDER_FAILED: "统一身份登录未成功，请重试，或用账号密码登录。", "Signing in with the city account failed. Try again, or use your password.";
    REGISTER: "企业注册", "Register an enterprise";
    REGISTER_LEAD: "提交后由推进中心审核。贵企业已有账号的，请由本企业管理员邀请，不必重复注册。", "The Promotion Centre reviews it. If your enterprise already has an account, ask its administrator for an invitation instead.";
    ENTERPRISE_NAME: "企业名称", "Enterprise";
    CREDIT_CODE: "统一社会信用代码", "Unified social credit code";
    CREDIT_CODE_HINT: "营业执照上的 18 位代码。", "18 characters, as on the business licence.";
    TOWNSHIP: "所在乡镇（街道）", "Township";
    YOUR_NAME: "您的姓名", "Your name";
    YOUR_PHONE: "您的电话", "Your telephone";
    WISHED_NAME: "账号", "Account";
    RENAMED_HINT: "如已被使用，审核时会在后面加数字。", "Where it is in use, a number is added when it is approved.";
    SUBMIT_REGISTRATION: "提交注册", "Submit";
    SUBMIT_REGISTRATION_HINT: "推进中心审核后，您可用这个账号和密码登录。", "Once the Promotion Centre has approved it, you sign in with this account and password.";
    REGISTER_NOTE: "刚提交注册的，审核通过后方可登录；进度见提交后的网址。", "New registrations can sign in once approved; the page shown after submitting has the status.";
    REGISTRATION: "注册进度", "Your registration";
    KEEP_ADDRESS: "请保存本页网址，凭它查看审核结果。", "Keep the address of this page to see the outcome.";
    WAITING: "等待推进中心审核", "Waiting for the Promotion Centre";
    APPROVED: "已通过", "Approved";
    DECLINED: "未通过", "Declined";
    REGISTER_AGAIN: "修改后重新注册", "Register again";
    RENAMED: "您填写的账号已被他人使用，请用以下账号登录：", "The account you asked for was taken. Sign in with this one:";
    SIGN_IN_WITH: "登录账号", "Account to sign in with";
    REGISTRATIONS: "企业注册审核", "Registrations";
    REGISTRATIONS_EMPTY: "没有待审核的注册。", "No registrations are waiting.";
    DECIDED: "近期已审核", "Recently decided";
    KNOWN: "该企业（名称或代码）已注册，不能再次通过；请告知由其管理员邀请。", "An enterprise with this name or code is registered already, so this cannot be approved. Its administrator can invite them.";
    DOUBLED: "另有一份名称或代码相同的注册在等待审核，请核实。", "Another application with the same name or code is waiting. Please check both.";
    APPROVE: "审核意见", "Decision";
    APPROVE_YES: "通过", "Approve";
    APPROVE_NO: "不通过", "Decline";
    REASON_IF_NOT: "不通过的理由", "Why not";
    DECIDE: "提交审核意见", "Submit decision";
    DECIDE_HINT: "通过后即设立企业和首个账号，该账号为企业管理员。", "Approving creates the enterprise and its first account, which administers the others.";
    APPLIED_AT: "提交时间", "Sent";

    MEMBERS: "企业成员", "Members";
    MEMBERS_LEAD: "邀请同事共同使用；同事离开时，把其未办结的诉求交接给他人。", "Invite colleagues. When one leaves, hand over their open orders.";
    INVITE: "邀请同事", "Invite a colleague";
    INVITE_HINT: "生成一个链接，由您转交本人；仅可使用一次。", "Creates a link for you to pass on. It works once.";
    MAKE_MANAGER: "设为管理员", "Make administrator";
    NO_MANAGER: "改为普通成员", "Make ordinary member";
    INVITE_MANAGES: "同时为企业管理员", "Also an enterprise administrator";
    INVITED: "邀请链接已生成，请转交本人：", "Pass this link on to your colleague:";
    INVITATIONS: "未使用的邀请", "Open invitations";
    UNINVITE: "撤回邀请", "Withdraw";
    HOLDS_UNTIL: "有效期至", "Valid until";
    INVITATION: "加入企业", "Join an enterprise";
    INVITATION_GONE: "邀请已使用、已撤回或已过期，请联系邀请您的同事。", "This invitation has been used, withdrawn or has expired. Please ask the colleague who invited you.";
    NEW_HERE: "设立新账号", "With a new account";
    JOIN: "加入", "Join";
    JOINED: "已加入，请登录。", "You have joined. Please sign in.";
    HAVE_ACCOUNT: "已有账号？登录后加入", "Already have an account? Sign in and join with it";
    OPEN_ORDERS: "未办结", "Open";

    POLICY: "安全策略", "Security policy";
    POLICY_LEAD: "保存后立即生效，并记入审计。低于下限的值不能保存。", "Changes take effect at once and are audited. Values below the minimum cannot be saved.";
    POLICY_SAVED: "已保存。", "Saved.";
    POLICY_FACTOR: "必须启用两步验证的岗位", "Roles that require two-step verification";
    ALL_SESSIONS: "在线会话", "Sessions";
    ALL_SESSIONS_LEAD: "结束会话后，本人须重新登录；此前填写而未提交的内容，登录后仍在。", "When you end a session, its owner signs in again; what they were typing is kept.";
    SESSION_ENDED: "该会话已结束。", "The session has ended.";

    REQUEST: "请求", "Request";

    UNMASK: "查看完整联系方式", "Show full contact";
    UNMASK_HINT: "将记入审计，当天有效。", "This is audited, and holds for today.";
    REQUEST_NUMBER: "请求编号", "Request";
}

pub fn gate_address(gate: Gate) -> &'static str {
    match gate {
        Gate::SecondFactor => "/sign-in/code",
        Gate::NewPassword => "/sign-in/password",
        Gate::Enrol => "/sign-in/enrol",
        Gate::NoMembership => "/sign-in/nowhere",
    }
}

pub fn password_hint(lang: Lang, long: u16, mixed: u16) -> String {
    match lang {
        Lang::Zh => format!(
            "至少 {long} 位；或至少 {mixed} 位，且含大写、小写、数字、符号中的三类。不能是常见密码，不能含账号名。"
        ),
        Lang::En => format!(
            "At least {long} characters; or {mixed} with three of: upper case, lower case, digits, \
             symbols. Not a common password, and without the account name."
        ),
    }
}

pub fn recovery_left(lang: Lang, left: u64) -> String {
    match lang {
        Lang::Zh => format!("还剩 {left} 个恢复码"),
        Lang::En => format!("recovery codes left: {left}"),
    }
}

pub fn handed(lang: Lang, orders: u64) -> String {
    match lang {
        Lang::Zh if orders == 0 => "已结束该身份；名下没有需要交接的诉求。".to_owned(),
        Lang::Zh => format!("已结束该身份，{orders} 件未办结的诉求已交接。"),
        Lang::En => format!("The role has ended; open orders handed over: {orders}."),
    }
}

pub fn to_hand_over(lang: Lang, orders: usize) -> String {
    match (lang, orders) {
        (Lang::Zh, 0) => "本人名下没有需要交接的诉求。".to_owned(),
        (Lang::En, 0) => "Nothing to hand over.".to_owned(),
        (Lang::Zh, _) => format!("{orders} 件，将一并交接："),
        (Lang::En, 1) => "1 order is handed over:".to_owned(),
        (Lang::En, _) => format!("{orders} orders are handed over:"),
    }
}

/// Before the only account of a body ends.
pub fn sole(lang: Lang, waiting: u64) -> String {
    match lang {
        Lang::Zh => format!(
            "这是此岗位的唯一账号。结束后，现在轮到该岗位的 {waiting} 件诉求和今后新到的事项将无人办理，也无人收到提醒。请先"
        ),
        Lang::En => format!(
            "This is the only account of this role. Once it ends, nobody takes care of the {waiting} orders that wait for it now and of whatever comes in, and nobody is reminded. First:"
        ),
    }
}

pub fn waiting(lang: Lang, count: u64, shown: usize) -> String {
    match lang {
        Lang::Zh => format!("待审核 {count} 件，先列最早的 {shown} 件"),
        Lang::En => format!("{count} waiting, the oldest {shown} shown"),
    }
}

pub fn session_count(lang: Lang, count: u64, shown: usize) -> String {
    match lang {
        Lang::Zh => format!("共 {count} 个，显示最近 {shown} 个"),
        Lang::En => format!("{count} in total, the latest {shown} shown"),
    }
}

pub fn policy_row(name: &str) -> Text {
    match name {
        "password_length" => Text {
            zh: "密码最少位数（不限种类）",
            en: "Password: characters of any kind",
        },
        "password_length_mixed" => Text {
            zh: "密码最少位数（含三类字符）",
            en: "Password: characters of three kinds",
        },
        "password_history" => Text {
            zh: "不得重复最近几次密码",
            en: "Former passwords not chosen again",
        },
        "session_idle" => Text {
            zh: "闲置多少分钟后退出",
            en: "Minutes unused before a session ends",
        },
        "session_longest" => Text {
            zh: "登录最长多少小时",
            en: "Hours that a session lasts at most",
        },
        "guesses_account" => Text {
            zh: "同一账号输错几次后开始等待",
            en: "Wrong passwords for an account before it waits",
        },
        "guesses_address" => Text {
            zh: "同一地址输错几次后开始等待",
            en: "Wrong passwords from an address before it waits",
        },
        "longest_wait" => Text {
            zh: "最长等待多少分钟",
            en: "Minutes that one waits at most",
        },
        "given_password" => Text {
            zh: "初始密码几天内有效",
            en: "Days that a first password holds",
        },
        "token" => Text {
            zh: "接口令牌有效天数",
            en: "Days that a token of the HTTP API holds",
        },
        "attachment" => Text {
            zh: "每个附件最多多少 MB",
            en: "Megabytes of an attachment at most",
        },
        _ => Text {
            zh: "邀请有效天数",
            en: "Days that an invitation holds",
        },
    }
}

pub fn many_made(lang: Lang, accounts: u64) -> String {
    match lang {
        Lang::Zh => format!("已设立 {accounts} 个账号。"),
        Lang::En => format!("{accounts} accounts created."),
    }
}
