/** Mail hosts that give an address to anybody under many endings: "yahoo.co.uk", "hotmail.fr"; "example.com" is nobody's. */
const families = new Set(
  'aol ymail yahoo rocketmail hotmail outlook live msn passport gmx gmail googlemail icloud yandex protonmail zoho mailinator guerrillamail example'.split(
    ' ',
  ),
);

/** Mail hosts for the public and providers of connections that give their customers an address, by country. */
const domains = new Set(
  (
    'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com windowslive.com passport.com yahoo.com ymail.com rocketmail.com ' +
    'icloud.com me.com mac.com privaterelay.appleid.com aol.com aim.com netscape.net proton.me protonmail.com protonmail.ch pm.me ' +
    'tutanota.com tutanota.de tutamail.com tuta.io tuta.com keemail.me fastmail.com fastmail.fm hey.com hushmail.com hushmail.me mail.com email.com usa.com ' +
    'post.com consultant.com europe.com engineer.com inbox.com zoho.com zohomail.com zohomail.eu mailbox.org posteo.de posteo.net posteo.eu ' +
    'runbox.com startmail.com disroot.org riseup.net lavabit.com duck.com simplelogin.com anonaddy.com mozmail.com relay.firefox.com lycos.com excite.com ' +
    'comcast.net xfinity.com verizon.net att.net sbcglobal.net bellsouth.net ameritech.net pacbell.net swbell.net prodigy.net cox.net charter.net ' +
    'spectrum.net rr.com roadrunner.com twc.com earthlink.net mindspring.com juno.com netzero.net netzero.com optonline.net optimum.net ' +
    'frontier.com frontiernet.net windstream.net centurylink.net centurytel.net embarqmail.com q.com suddenlink.net cableone.net wowway.com rcn.com ' +
    'peoplepc.com hughes.net tds.net mediacombb.net cs.com compuserve.com ' +
    'rogers.com shaw.ca sympatico.ca bell.net telus.net videotron.ca videotron.qc.ca cogeco.ca sasktel.net eastlink.ca mts.net ' +
    'btinternet.com btopenworld.com talk21.com bt.com sky.com virginmedia.com virgin.net ntlworld.com blueyonder.co.uk talktalk.net tiscali.co.uk ' +
    'plus.net plusnet.com o2.co.uk orange.net fsnet.co.uk freeserve.co.uk wanadoo.co.uk zen.co.uk eircom.net iol.ie vodafone.ie ' +
    'gmx.de gmx.net gmx.at gmx.ch web.de freenet.de t-online.de magenta.de arcor.de vodafone.de vodafonemail.de kabelmail.de unitybox.de online.de ' +
    '1und1.de alice.de alice-dsl.net o2online.de o2mail.de ewe.net ewetel.de netcologne.de mnet-online.de htp-tel.de osnanet.de versanet.de email.de mail.de ' +
    'aon.at chello.at a1.net inode.at utanet.at drei.at liwest.at kabsi.at bluewin.ch sunrise.ch hispeed.ch swissonline.ch bluemail.ch ' +
    'orange.fr wanadoo.fr free.fr sfr.fr neuf.fr laposte.net bbox.fr numericable.fr noos.fr cegetel.net club-internet.fr aliceadsl.fr voila.fr libertysurf.fr ' +
    'telefonica.net movistar.es terra.es ono.com orange.es jazztel.es euskaltel.net telecable.es ya.com wanadoo.es ' +
    'libero.it virgilio.it alice.it tin.it tim.it tiscali.it fastwebnet.it iol.it inwind.it poste.it email.it aruba.it vodafone.it blu.it ' +
    'ziggo.nl kpnmail.nl kpnplanet.nl planet.nl hetnet.nl home.nl casema.nl chello.nl upcmail.nl xs4all.nl quicknet.nl zonnet.nl telfort.nl online.nl ' +
    'solcon.nl caiway.nl kpn.nl wxs.nl skynet.be telenet.be proximus.be belgacom.net scarlet.be voo.be pandora.be base.be pt.lu ' +
    'sapo.pt netcabo.pt mail.telepac.pt clix.pt iol.pt otenet.gr forthnet.gr hol.gr in.gr ' +
    'telia.com comhem.se spray.se bredband.net bahnhof.se home.se tele2.se online.no telenor.no broadpark.no getmail.no frisurf.no ' +
    'mail.dk stofanet.dk tdcadsl.dk youmail.dk get2net.dk jubii.dk elisanet.fi kolumbus.fi luukku.com suomi24.fi saunalahti.fi pp.inet.fi ' +
    'wp.pl o2.pl onet.pl onet.eu op.pl poczta.onet.pl interia.pl interia.eu gazeta.pl tlen.pl vp.pl poczta.fm go2.pl buziaczek.pl ' +
    'seznam.cz email.cz centrum.cz post.cz volny.cz atlas.cz quick.cz azet.sk zoznam.sk centrum.sk post.sk freemail.hu citromail.hu t-online.hu ' +
    'abv.bg mail.bg dir.bg net.hr inet.hr siol.net ukr.net i.ua meta.ua bigmir.net delfi.lt inbox.lv inbox.lt mail.ee hot.ee ' +
    'mail.ru inbox.ru list.ru bk.ru internet.ru rambler.ru yandex.ru ya.ru yandex.com ' +
    'qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com tom.com 139.com 189.cn aliyun.com 21cn.com ' +
    'naver.com hanmail.net daum.net nate.com hotmail.co.kr docomo.ne.jp ezweb.ne.jp softbank.ne.jp i.softbank.jp nifty.com biglobe.ne.jp ocn.ne.jp so-net.ne.jp ' +
    'rediffmail.com sify.com indiatimes.com vsnl.com in.com bsnl.in singnet.com.sg starhub.net.sg netvigator.com pacific.net.sg seed.net.tw hinet.net ' +
    'bigpond.com bigpond.net.au optusnet.com.au iinet.net.au tpg.com.au internode.on.net westnet.com.au dodo.com.au ozemail.com.au ' +
    'xtra.co.nz slingshot.co.nz orcon.net.nz vodafone.co.nz clear.net.nz ' +
    'uol.com.br bol.com.br terra.com.br ig.com.br globo.com globomail.com oi.com.br r7.com zipmail.com.br prodigy.net.mx ' +
    'arnet.com.ar fibertel.com.ar speedy.com.ar ciudad.com.ar telmex.com une.net.co etb.net.co vtr.net mi.cl cantv.net ' +
    'telkomsa.net mweb.co.za webmail.co.za vodamail.co.za iafrica.com walla.co.il walla.com bezeqint.net netvision.net.il 012.net.il ' +
    'mynet.com ttmail.com superonline.com emirates.net.ae eim.ae ' +
    'mailinator.com guerrillamail.com yopmail.com temp-mail.org 10minutemail.com trashmail.com sharklasers.com getnada.com dispostable.com maildrop.cc wegwerfmail.de ' +
    'marketplace.amazon.com marketplace.amazon.de marketplace.amazon.co.uk members.ebay.com'
  ).split(' '),
);

/** Set aside for examples and tests: nobody works there (RFC 2606, RFC 6761). */
const reserved = /(^|\.)(example|invalid|localhost|test|example\.(com|org|net))$/;

/** Second-level endings under which a company registers its name: "acme.co.uk". */
const endings = new Set('co com org net ac edu gov gob gouv or ne gv nom'.split(' '));

/** Whether an address there says nothing of where somebody works. */
export function isFreeMail(domain: string): boolean {
  const labels = domain.split('.');
  const name = labels.at(-(isShared(labels) ? 3 : 2)) ?? '';
  return (
    reserved.test(domain) || domains.has(domain) || domains.has(companyDomain(domain)) || families.has(name)
  );
}

const isShared = (labels: string[]): boolean =>
  labels.length > 2 && labels.at(-1)!.length === 2 && endings.has(labels.at(-2)!);

/** The part of a domain that is registered: "mail.acme.co.uk" is acme.co.uk. */
export function companyDomain(domain: string): string {
  const labels = domain.split('.');
  return labels.slice(isShared(labels) ? -3 : -2).join('.');
}

/** The domain of an e-mail address in small letters; '' when it is none, or nobody's, as where e-mails are hashed. */
export function mailDomain(email: string): string {
  const match = /^[^\s@<>]+@([a-z0-9-]+(?:\.[a-z0-9-]+)+)$/.exec(email.trim().toLowerCase());
  return match && !match[1]!.endsWith('.invalid') ? match[1]! : '';
}
