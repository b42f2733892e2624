#!/usr/bin/env python3
"""Fits the weights of structure recovery and writes them as Swift source.

usage: train.py FEATURES OUT.swift FOLDER... [--validate K]

FEATURES is the program built from features.swift (see README.md). Each FOLDER holds NAME.VARIANT.txt and NAME.VARIANT.truth.json; parents are
learned from the first alone, whose pages are whole, boundaries from all. With
--validate K the pages whose group falls into the K-th of four parts are left out of the fit. Needs numpy and scipy. There is no chance in
it: the same pages give the same weights.
"""
import collections, glob, hashlib, json, os, re, subprocess, sys, tempfile
import numpy as np, scipy.sparse as sp
from scipy.optimize import minimize

def norm(l): return re.sub(r"\s+", " ", re.sub(r"[*_`>\\#\[\]()!-]", "", l)).strip().lower()
def key(ls): return tuple(x for x in (norm(l) for l in ls) if x)
def load(fn):
    pages=[]
    for l in open(fn):
        o=json.loads(l); t=json.load(open(o['file'].replace('.txt','.truth.json')))
        v=o['file'].split('.')[-2]; rows=o['rows']
        flat=[(i,x) for i,p in enumerate(t['posts']) for x in p['lines']]
        gold=None
        if len(flat)==len(rows) and all(norm(a[1])==norm(r['t']) for a,r in zip(flat,rows)): gold=[a[0] for a in flat]
        base=os.path.basename(o['file']); dom=base.split('-')[0] if '-' in base else None
        pages.append(dict(file=o['file'],v=v,dom=dom,rows=rows,truth=t,gold=gold,group=t['group'],sign=o['topic'],page=o['page']))
    return pages
def prefixes(p):
    # The plain features hold for all pages; those with a prefix say what a kind of pages adds to them.
    return ['']+(['T:'] if p['v']=='linear' else [])+(['O:'+p['dom']+':'] if p['dom'] else [])
def featset(pages,mincount=4,lexcount=5):
    c=collections.Counter(); G=collections.defaultdict(set)
    LEX=re.compile(r'words?=')
    for p in pages:
        c1=collections.Counter()
        for r in p['rows']:
            c1.update(r['f'])
            for fs in r['s'][:6]: c1.update('S:'+f for f in fs)
        for q in prefixes(p):
            for f,n in c1.items(): c[q+f]+=n; G[q+f].add(p['group'])
    def kept(f):
        n=c[f]; lexical=LEX.search(f)
        if f.startswith('O:'): return n>=12 and not lexical
        return n>=mincount and (not lexical or (n>=lexcount and len(G[f])>=4))
    return {f:k for k,f in enumerate(sorted(filter(kept,c)))}
def encode(pages,ix):
    for p in pages:
        n=len(p['rows']); kinds=prefixes(p)
        def mat(lists,pre):
            ind=[];ptr=[0]; known={}
            for fs in lists:
                for f in fs:
                    if f not in known: known[f]=[ix[q+pre+f] for q in kinds if q+pre+f in ix]
                    ind+=known[f]
                ptr.append(len(ind))
            return sp.csr_matrix((np.ones(len(ind)),ind,ptr),shape=(len(lists),len(ix)))
        p['B']=mat([r['f'] for r in p['rows']],'')
        p['S']=mat([s for r in p['rows'] for s in r['s']],'S:')
        p['off']=np.cumsum([0]+[len(r['s']) for r in p['rows']])
        p['n']=n
        fo=np.zeros(n,int)
        for i,r in enumerate(p['rows']): fo[i]={'open':1,'join':-1}.get(r['forced'],0)
        p['forced']=fo
        g=p['gold']
        if g is not None:
            st=[i for i in range(n) if i==0 or g[i]!=g[i-1]]; p['starts']=st
            ok=all(not(fo[i]==1 and i not in set(st)) and not (fo[i]==-1 and i in set(st)) for i in range(1,n))
            p['ok']=ok and all(b-a<=48 for a,b in zip(st,st[1:]+[n]))
        else: p['ok']=False
NEG=-1e9
def segscores(p,w):
    """matrix sc[i,len-1] score of the run that begins at i"""
    b=p['B']@w; s=p['S']@w; n=p['n']
    b=b.copy(); b[0]=0
    fo=p['forced']
    b=np.where(fo==-1,NEG,b); b[0]=0
    M=np.full((n,48),NEG)
    for i in range(n):
        a,e=p['off'][i],p['off'][i+1]
        L=e-a
        row=s[a:e]+b[i]
        # a forced opening inside cuts
        f=np.nonzero(fo[i+1:i+L]==1)[0]
        if len(f): L=f[0]+1
        M[i,:L]=row[:L]
    return M
def lse(x):
    m=x.max(); return m+np.log(np.exp(x-m).sum())
def fb(M):
    n=len(M); A=np.full(n+1,NEG); A[0]=0
    for j in range(1,n+1):
        lo=max(0,j-48); i=np.arange(lo,j)
        A[j]=lse(A[lo:j]+M[i,j-i-1])
    Bk=np.full(n+1,NEG); Bk[n]=0
    for i in range(n-1,-1,-1):
        L=min(48,n-i)
        Bk[i]=lse(M[i,:L]+Bk[i+1:i+1+L])
    Z=A[n]
    P=np.zeros_like(M)
    for i in range(n):
        L=min(48,n-i)
        P[i,:L]=np.exp(np.minimum(0,A[i]+M[i,:L]+Bk[i+1:i+1+L]-Z))
    return Z,P
def objective(w,pages,l2):
    f=0.5*(l2*w)@w; g=l2*w
    for p in pages:
        M=segscores(p,w); Z,P=fb(M); n=p['n']
        st=p['starts']; en=st[1:]+[n]
        gold=sum(M[a,e-a-1] for a,e in zip(st,en))
        wt=p.get('wt',1.0)
        f+=wt*(Z-gold)
        pb=P.sum(1); pb[0]=0
        yb=np.zeros(n); yb[st]=1; yb[0]=0
        ps=np.concatenate([P[i,:p['off'][i+1]-p['off'][i]] for i in range(n)])
        for a,e in zip(st,en): ps[p['off'][a]+e-a-1]-=1
        g=g+wt*(p['B'].T@(pb-yb)+p['S'].T@ps)
    return f,g
def train(pages,nf,l2=1.0,iters=60,l2v=None):
    reg=l2 if l2v is None else l2v
    r=minimize(objective,np.zeros(nf),args=(pages,reg),jac=True,method='L-BFGS-B',options=dict(maxiter=iters))
    return r.x
def decode(P,lam):
    n=len(P); best=np.full(n+1,-1e18); best[0]=0; bp=[0]*(n+1)
    V=np.where(P>1e-12,P-lam,-1e9) 
    for j in range(1,n+1):
        lo=max(0,j-48); i=np.arange(lo,j); x=best[lo:j]+V[i,j-i-1]; k=int(x.argmax()); best[j]=x[k]; bp[j]=lo+k
    segs=[];j=n
    while j>0: segs.append((bp[j],j)); j=bp[j]
    return segs[::-1]
def score(p,segs):
    tk=collections.Counter(key(x['lines']) for x in p['truth']['posts']); m=0
    for a,b in segs:
        k=key([p['rows'][i]['t'] for i in range(a,b)])
        if tk[k]>0: tk[k]-=1; m+=1
    return len(p['truth']['posts']),len(segs),m
def fold(g,k=5): return int(hashlib.sha1(g.encode()).hexdigest(),16)%k

# Parents: a softmax over the right-most path of the true tree.
def load_parents(fn):
    out=[]
    for l in open(fn):
        o=json.loads(l); t=json.load(open(o['file'].replace('.txt','.truth.json')))
        o['v']=o['file'].split('.')[-2]; o['group']=t['group']; o['par']=[-1 if p['parent'] is None else p['parent'] for p in t['posts']]
        out.append(o)
    return out
def parent_features(pages,mc):
    c=collections.Counter(); G=collections.defaultdict(set)
    for p in pages:
        T=p['v']=='linear'
        for i,a in enumerate(p['arcs']):
            for k,fs in enumerate(a['a']):
                    for f in fs: c[f]+=1; G[f].add(p['group'])
            if not T:
                for fs in a['s']:
                    for f in fs: c[f]+=1
    pos=collections.Counter()
    for p in pages:
        for i,a in enumerate(p['arcs']):
            for f in set(a['a'][p['par'][i]+1]): pos[f]+=1
    return {f:k for k,f in enumerate(sorted(f for f,n in c.items() if n>=mc*3 and (not 'word=' in f or (len(G[f])>=6 and c[f]>=30 and pos[f]>=4))))}
def encode_parents(pages,ix):
    for p in pages:
        T=p['v']=='linear'; n=len(p['arcs']); p['n']=n
        def mat(lists):
            ind=[];ptr=[0]
            for fs in lists:
                for f in fs:
                    if f in ix: ind.append(ix[f])
                ptr.append(len(ind))
            return sp.csr_matrix((np.ones(len(ind)),ind,ptr),shape=(len(lists),len(ix)))
        p['A']=mat([fs for a in p['arcs'] for fs in a['a']])
        p['aoff']=np.cumsum([0]+[len(a['a']) for a in p['arcs']])
        if not T:
            p['Sb']=mat([fs for a in p['arcs'] for fs in a['s']])
            p['soff']=np.cumsum([0]+[len(a['s']) for a in p['arcs']])
            # is gold a depth-first walk
            par=p['par']; ok=True; stack=[-1]
            for i in range(n):
                while stack and stack[-1]!=par[i]: stack.pop()
                if not stack: ok=False;break
                stack.append(i)
            p['ok']=ok
        else: p['ok']=True

def build(pages,ix):
    rows=[];cols=[];groups=[];gold=[];wts=[];r=0
    for p in pages:
        T=p['v']=='linear'; n=p['n']; par=p['par']; last={}
        A=p['A']; S=p.get('Sb')
        for j in range(n):
            if T and j==0: continue
            if T: cands=list(range(max(0,j-24),j)); 
            else:
                cands=[-1]; c=j-1
                path=[]
                while c>=0 and c is not None: path.append(c); c=par[c]
                cands+=path
            if T and 0 not in cands: cands=[0]+cands
            if par[j] not in cands: last[par[j]]=j; continue
            st=r
            for c in cands:
                i=p['aoff'][j]+c+1; rows.append((p,i,None if T else p['soff'][j]+(0 if c==-1 else j+1)+last.get(c,-1)+1))
                r+=1
            groups.append((st,r)); gold.append(st+cands.index(par[j])); wts.append(p.get('wt',1))
            last[par[j]]=j
    # stack
    bypage=collections.OrderedDict(); 
    mats=[]
    i=0
    while i<len(rows):
        p=rows[i][0]; k=i
        while k<len(rows) and rows[k][0] is p: k+=1
        m=p['A'][[x[1] for x in rows[i:k]]]
        if rows[i][2] is not None: m=m+p['Sb'][[x[2] for x in rows[i:k]]]
        mats.append(m); i=k
    return sp.vstack(mats).tocsr(),np.array(groups),np.array(gold),np.array(wts)
def ltrain(pages,ix,l2,iters=120):
    X,G,gold,wt=build(pages,ix); XT=X.T.tocsr(); starts=G[:,0]; lens=G[:,1]-G[:,0]
    def f(w):
        s=X@w; m=np.maximum.reduceat(s,starts); e=np.exp(s-np.repeat(m,lens)); z=np.add.reduceat(e,starts)
        val=(wt*(m+np.log(z)-s[gold])).sum()+.5*l2*w@w
        d=e/np.repeat(z,lens); d[gold]-=1; d*=np.repeat(wt,lens)
        return val,XT@d+l2*w
    return minimize(f,np.zeros(len(ix)),jac=True,method='L-BFGS-B',options=dict(maxiter=iters)).x

# Everything together.
def logistic(X,y,weight,l2):
    def f(w):
        z=X@w; v=(weight*np.logaddexp(0,-z*(2*y-1))).sum()+.5*l2*w@w
        return v, X.T@(weight*(1/(1+np.exp(-z))-y))+l2*w
    return minimize(f,np.zeros(X.shape[1]),jac=True,method='L-BFGS-B').x
def fit_page(pages,l2):
    rows=[p for p in pages if len(p['rows'])>=8]
    groups=collections.Counter(p['group'] for p in rows); seen=collections.defaultdict(set)
    for p in rows:
        for f in p['page']: seen[f].add(p['group'])
    ix={f:i for i,f in enumerate(sorted(f for f in seen if not f.startswith(('uses=','often=')) or len(seen[f])>=8))}
    X=np.zeros((len(rows),len(ix))); y=np.array([p['v']=='linear' for p in rows],float)
    for i,p in enumerate(rows):
        for f in p['page']:
            if f in ix: X[i,ix[f]]=1
    # Many pages of one thread tell little more than one.
    w=logistic(X,y,np.array([groups[p['group']]**-.5 for p in rows]),l2)
    return {f:w[i] for f,i in ix.items() if abs(w[i])>.03}
def prune_fit(fit,ix,lim,again=True):
    w=fit(ix); keep={f for f,i in ix.items() if abs(w[i])>=lim}
    ix={f:k for k,f in enumerate(sorted(keep))}
    w=fit(ix); return {f:w[i] for f,i in ix.items() if abs(w[i])>=0.015}
def table(ws):
    t=collections.OrderedDict()
    for f,x in sorted(ws.items()):
        n,v=f.split('=',1); t.setdefault(n,[]).append(f"{v.replace(' ','_') or '-'} {x:.2f}")
    return '\n'.join(n+' '+' '.join(v) for n,v in t.items())
# How much a page counts: half for a text that is there as `bare` too, less for pages of other kinds of discussions.
def weight(p): return .3 if p['dom'] in ('se','mail') else .5 if p['v']=='twice' else 1
def fit_all(lines,parents,bl2=25,al2=12,tl2=60,mc=5,blim=.08,alim=.06,lexcount=12):
    for p in lines: p['wt']=weight(p)
    pagew=fit_page([p for p in lines if not p['dom']],3.0)
    def bf(ix):
        encode(lines,ix); t=[p for p in lines if p['ok']]; return train(t,len(ix),bl2,60)
    b=prune_fit(bf,featset(lines,mc,lexcount),blim)
    def fit_parents(pages,l2):
        for p in pages: p['wt']=.7 if p['v']!='linear' else 1
        def af(ix):
            encode_parents(pages,ix); t=[p for p in pages if p['ok']]; return ltrain(t,ix,l2)
        return prune_fit(af,parent_features(pages,4),alim)
    a=fit_parents([p for p in parents if p['v']!='linear'],al2); t=fit_parents([p for p in parents if p['v']=='linear'],tl2)
    def split(ws,pre,anti=()):
        return {f[len(pre):]:x for f,x in ws.items() if f.startswith(pre) and not any(f.startswith(q) for q in anti)}
    return [table(pagew),table(split(b,'',('S:','T:','O:'))),table(split(b,'S:')),table(split(b,'T:',('T:S:',))),table(split(b,'T:S:')),table(a),table(t)]

def write(tabs, out):
    names=['page','boundary','run','topicBoundary','topicRun','parent','topicParent']
    docs=['The page is a topic with its opening post.','A post begins at the line.','The run of lines is one post.','Added to `boundary` on a topic’s page.','Added to `run` on a topic’s page.','The post answers that one.','The post answers that one, on a topic’s page.']
    s='''// Generated by Scripts/recovery/train.py; not edited by hand.
//
// A line is a feature and its values with what each adds to the log odds. See Scripts/recovery/README.md for how they were made.

// swift-format-ignore-file
enum RecoveryWeights {
'''
    for n,d,t in zip(names,docs,tabs):
        s+=f'    /// {d}\n    static let {n} = #"""\n'
        for line in t.split('\n'):
            p=line.split(' '); name,vals=p[0],p[1:]
            cur='        '+name; 
            for i in range(0,len(vals),2):
                item=f' {vals[i]} {vals[i+1]}'
                if len(cur)+len(item)>128: s+=cur+'\n'; cur='        '+name
                cur+=item
            s+=cur+'\n'
        s+='        """#\n\n'
    s+='''    /// Likelihood and the share that was right on pages that were not fitted on.
    static let calibration: [(Double, Double)] = [(0, 0.04), (0.15, 0.17), (0.35, 0.33), (0.55, 0.47), (0.65, 0.53), (0.8, 0.73), (1, 0.96)]
}
'''
    open(out,'w').write(s)

def main():
    args = sys.argv[1:]; part = None
    if "--validate" in args:
        at = args.index("--validate"); part = int(args[at + 1]); del args[at:at + 2]
    program, out, folders = args[0], args[1], args[2:]
    files = [f for d in folders for f in sorted(glob.glob(d + "/*.txt"))]
    files = [f for f in files if part is None or fold(json.load(open(f.replace(".txt", ".truth.json")))["group"], 4) != part]
    def dump(what, variants, to, within=lambda f: True):
        with open(to, "wb") as sink:
            subprocess.run([program, what, *[f for f in files if f.split(".")[-2] in variants and within(f)]], check=True, stdout=sink)
        return to
    lines = load(dump("boundary", ("bare", "twice", "linear"), os.path.join(tempfile.gettempdir(), "recovery-lines.jsonl")))
    parents = load_parents(dump("parents", ("bare", "linear", "authored"), os.path.join(tempfile.gettempdir(), "recovery-parents.jsonl"),
                                lambda f: f.startswith(folders[0])))
    write(fit_all(lines, parents), out)

main()
